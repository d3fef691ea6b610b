import { devices } from 'playwright/test';
import { expect, test } from '../support/test';

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
test.use({ ...phone, viewport: { width: 390, height: 844 } });

/** Half the photo's width of 900 pixels. */
const HALF = 450;

test('a tap chooses or adds a person, a swipe scrolls the page, and draws a box once that is turned on', {
  tag: '@journey',
}, async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  expect(await photo.expectFound()).toBe(2);
  const chosen = photo.people().and(page.locator('[aria-pressed=true]'));
  for (const side of ['right', 'left', 'right'] as const) {
    await photo.tapAt(side === 'right' ? 0.68 : 0.36, 0.3); // on a chest: the person found there is chosen, and nobody is added
    const middle = async () => {
      const sure = (await photo.joints()).filter(({ score }) => score > 0.5);
      if (sure.length === 0) return 'nowhere';
      return sure.reduce((sum, joint) => sum + joint.x, 0) / sure.length < HALF ? 'left' : 'right';
    };
    await expect.poll(middle).toBe(side);
    await expect(chosen).toHaveText(/automatic/);
    await expect(photo.people()).toHaveCount(2);
  }
  await page.getByRole('button', { name: 'Remove person 2' }).click();
  await page.getByRole('button', { name: 'Remove person 1' }).click();
  await photo.tapAt(0.68, 0.3); // nobody is listed there now: the tap adds the person
  await expect(page.getByRole('button', { name: /^Person 1 clicked/ })).toBeVisible();
  await photo.idle();
  const before = await photo.people().count();

  await photo.swipe(0.5, 0.9, 0.5, 0.2);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(50);
  await expect(photo.people()).toHaveCount(before);

  await page.getByRole('button', { name: 'Draw a box' }).click();
  await expect(page.getByRole('button', { name: 'Cancel box' })).toBeVisible();
  await expect(async () => {
    await photo.swipe(0.18, 0.08, 0.5, 0.95); // scrolls until the page has been drawn once more
    await expect(page.getByRole('button', { name: /in your box/ })).toBeVisible({ timeout: 5000 });
  }).toPass();
});
