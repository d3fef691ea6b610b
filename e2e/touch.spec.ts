import { devices } from 'playwright/test';
import { expect, test } from './test';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
test.use({ ...phone, viewport: { width: 390, height: 844 } });

test('a finger taps a person, scrolls the page, and draws a box once told to', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.tapAt(0.68, 0.3);
  await expect(page.getByRole('button', { name: /^Person \d clicked/ })).toBeVisible();
  await photo.idle();
  const before = await photo.people().count();

  await photo.swipe(0.5, 0.9, 0.5, 0.2);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(50);
  await expect(photo.people()).toHaveCount(before);

  await page.getByRole('button', { name: 'Draw a box' }).click();
  await photo.swipe(0.18, 0.08, 0.5, 0.95);
  await expect(page.getByRole('button', { name: /in your box/ })).toBeVisible();
});
