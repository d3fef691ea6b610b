import { expectAccessible } from '../support/axe';
import { given, sample } from '../support/files';
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

test('a long file name without spaces does not widen the page on a phone', async ({ photo, page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await photo.open();
  const name = `${'panorama_of_the_old_harbour_'.repeat(2)}2026.jpg`;
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await photo.drop(given(name, 'image/jpeg', Buffer.from('a text')));
  await expect(photo.live.locator('.notice')).toContainText(name);
  expect(await overflow()).toBe(0);
  await photo.drop(given(name, 'image/jpeg', sample('astronaut.jpg')));
  await photo.expectFound();
  expect(await overflow()).toBe(0);
  await photo.drop(given(name, 'image/jpeg', Buffer.from('a text'))); // next to the photo
  await expect(photo.live.locator('.notice')).toContainText(name);
  expect(await overflow()).toBe(0);
  await page.getByRole('link', { name: 'Live' }).click();
  await photo.drop(given(name.replace('jpg', 'mp4'), 'video/mp4', Buffer.from('a text')));
  await expect(photo.live.locator('.notice')).toContainText('harbour');
  expect(await overflow()).toBe(0);
});

test('the controls can be reached with the keyboard, in page order', async ({ photo, page }) => {
  await photo.open();
  // They load after the shell, the samples last: Tab would skip them.
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Astronaut' })).toBeVisible();
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
