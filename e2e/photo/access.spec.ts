import { expectAccessible } from '../support/axe';
import { expect, test } from '../support/test';

test('axe reports no violations, and nothing overflows the page', { tag: '@journey' }, async ({ photo, page }) => {
  await photo.open();
  await expect(page.getByRole('button', { name: 'Astronaut' })).toBeVisible();
  await expectAccessible(page);
  await photo.openSample('Two people');
  await photo.expectFound();
  await page.getByRole('button', { name: 'Show all steps' }).click();
  await expect(page.getByRole('heading', { name: 'Fine map' })).toBeVisible();
  await expectAccessible(page);
  await photo.paste();
  await expect(photo.live.locator('.notice')).toBeVisible();
  await expectAccessible(page);
});

test('the controls can be reached with the keyboard, in page order', async ({ photo, page }) => {
  await photo.open();
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible(); // it loads after the shell: Tab would skip it
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the photo' })).toBeFocused();
  for (const screen of ['Photo', 'Live', 'Annotate']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: screen, exact: true })).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Shortcuts' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await photo.expectFound();
  await photo.stage.focus();
  for (const tool of ['Zoom out', 'Zoom in', 'Fit']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: tool, exact: true })).toBeFocused();
  }
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Skeleton')).toBeFocused();
});

test('without JavaScript, the page says that it is disabled', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL ?? '');
  const sentence = page.locator('noscript p'); // getByText does not look into <noscript>
  await expect(sentence).toBeVisible();
  expect(await sentence.textContent()).toContain('JavaScript is disabled');
  await expect(page.getByText('is loading')).toBeHidden();
  await context.close();
});
