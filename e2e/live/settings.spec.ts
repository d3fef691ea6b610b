import { HEIGHT, test, WIDTH } from '../support/camera';
import { LONG } from '../support/photo-page';
import { expect } from '../support/test';

test('settings are stored in the address, and a link restores them', async ({ photo, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await photo.open();
  await page.getByRole('link', { name: 'Live', exact: true }).click();
  await page.getByRole('button', { name: 'Start camera' }).click();
  const numbers = page.getByRole('region', { name: 'Performance' });
  await expect(numbers).toContainText('Frames per second', { timeout: LONG });
  await numbers.getByText('Details', { exact: true }).click();
  await expect(numbers).toContainText(`${WIDTH} × ${HEIGHT} px`);
  await expect(page.getByRole('img', { name: /^Frames per second in the last \d+ seconds: [\d.]+/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Latency in the last \d+ seconds: [\d.]+/ })).toBeVisible();

  await page.getByLabel('Trails').selectOption('wrists');
  await page.getByRole('slider', { name: 'Smoothing' }).press('Home');
  await page.keyboard.press('m');
  await expect(page.getByLabel('Mirror')).not.toBeChecked();
  await expect(page).toHaveURL(/#live\?smoothing=0&trails=wrists&mirror=0$/);
  await page.getByLabel('Resolution').selectOption('480p');
  await expect(page).toHaveURL(/&lines=480$/);
  await expect(numbers).toContainText(`${WIDTH} × ${HEIGHT} px`, { timeout: LONG });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(photo.live).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  // Going back leads to the previous screen, and going forward to these settings again.
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(/#live\?smoothing=0&trails=wrists&mirror=0&lines=480$/);

  const other = await context.newPage();
  await other.goto(link.replace('lines=480', 'lines=481'));
  await expect(other.getByText('not understood: lines')).toBeVisible();
  await other.getByRole('button', { name: 'Start camera' }).click();
  await expect(other.getByLabel('Trails')).toHaveValue('wrists');
  await expect(other.getByLabel('Mirror')).not.toBeChecked();
  await expect(other.getByLabel('Resolution')).toHaveValue('480'); // as last chosen
  await expect(other.getByRole('slider', { name: 'Smoothing' })).toHaveValue('0');
  await other.close();
});

test('the Live screen is operated with the keyboard, and ? lists the keys', async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
  await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible(); // the screen has loaded, and with it its keys
  await page.keyboard.press('s');
  await expect(page.getByRole('region', { name: 'Performance' })).toContainText('Frames per second', { timeout: LONG });
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  for (const label of [
    'Save an image',
    'Start or stop recording video',
    'Start or stop recording joints',
    'Full screen on or off',
    'Next frame',
  ]) {
    await expect(dialog).toContainText(label);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('t');
  await expect(page.getByLabel('Trails')).toHaveValue('wrists');
  await page.keyboard.press('j');
  await expect(page.getByRole('button', { name: 'Stop recording joints' })).toHaveText(/ · \d+ frames?$/);
  await page.keyboard.press('j');
  const saving = page.waitForEvent('download');
  await page.keyboard.press('p');
  expect((await saving).suggestedFilename()).toMatch(/\.png$/);
  await page.keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Stop recording video' })).toHaveText(/ · \d+:\d\d · \d/); // the encoder has given its first bytes
  const recording = page.waitForEvent('download');
  await page.keyboard.press('r');
  expect((await recording).suggestedFilename()).toMatch(/\.(mp4|webm)$/);
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Exit full screen' })).toBeVisible();
  await page.keyboard.press('f');
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
});
