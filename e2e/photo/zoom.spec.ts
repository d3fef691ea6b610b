import { devices } from 'playwright/test';
import { jpegFile } from '../support/files';
import type { PhotoPage } from '../support/photo-page';
import { expect, test } from '../support/test';

const shownZoom = ({ page }: PhotoPage) => page.getByRole('group', { name: 'Zoom' }).locator('output');

test('the wheel zooms the photo around the pointer, buttons and keys zoom it, too, and Space pans it', async ({
  photo,
  page,
}) => {
  await photo.open();
  await photo.openSample('Two people');
  const people = await photo.expectFound();
  const whole = await photo.drawn();
  const box = await photo.overlay.boundingBox();
  if (!box) throw new Error('the photo is not on the screen');
  await page.mouse.move(box.x + 0.68 * box.width, box.y + 0.3 * box.height);
  await page.mouse.wheel(0, -700);
  await expect(shownZoom(photo)).toHaveText('306%');
  await page.mouse.click(box.x + 0.68 * box.width, box.y + 0.3 * box.height); // still the same point, where a person was already found
  await expect(photo.people()).toHaveCount(people);
  const near = await photo.drawn();
  expect(near).not.toBe(whole);
  await page.keyboard.down(' ');
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.4 * box.height, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up(' ');
  expect(await photo.drawn()).not.toBe(near);
  await expect(photo.people()).toHaveCount(people); // no box was drawn
  await page.keyboard.press('0');
  await expect(shownZoom(photo)).toHaveText('100%');
  await expect(page.getByRole('button', { name: 'Zoom out' })).toBeDisabled();
  await page.keyboard.press('+');
  await expect(shownZoom(photo)).toHaveText('150%');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(shownZoom(photo)).toHaveText('225%');
  const fit = page.getByRole('button', { name: 'Fit', exact: true });
  await fit.click();
  await expect(shownZoom(photo)).toHaveText('100%');
  await expect(fit).toBeFocused(); // although there is nothing left to do
});

test('Space does not stay held if it is released in another window', async ({ photo, page }) => {
  await photo.open();
  await photo.openSample('Two people');
  await photo.overlay.hover();
  await page.keyboard.down(' ');
  await expect(page.locator('[data-panning]')).toHaveCount(1);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(page.locator('[data-panning]')).toHaveCount(0);
});

test('a panorama has room to be zoomed, and a click beside it finds nobody', async ({ photo, page }) => {
  await photo.open();
  await photo.choose(jpegFile(await photo.jpeg(3000, 300)));
  await photo.idle();
  const box = await photo.overlay.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(2.5, 1);
  const before = await photo.people().count();
  await photo.clickAt(0.9, 0.1);
  await photo.clickAt(0.9, 0.5);
  await expect(page.getByRole('button', { name: /^Person \d clicked/ })).toHaveCount(1);
  await photo.expectPeople(before + 1);
});

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
test.describe('on a phone', () => {
  test.use({ ...phone, viewport: { width: 390, height: 844 } });

  test('two fingers zoom the photo, and one finger then pans it', async ({ photo, page }) => {
    await photo.open();
    await photo.openSample('Two people');
    const people = await photo.expectFound();
    await photo.overlay.scrollIntoViewIfNeeded();
    const box = await photo.overlay.boundingBox();
    if (!box) throw new Error('the photo is not on the screen');
    const session = await page.context().newCDPSession(page);
    const at = (x: number, y: number, id: number) => ({ x: box.x + x * box.width, y: box.y + y * box.height, id });
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: ReturnType<typeof at>[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', at(0.45, 0.5, 1));
    await touch('touchStart', at(0.45, 0.5, 1), at(0.55, 0.5, 2));
    for (const d of [0.1, 0.15, 0.2]) await touch('touchMove', at(0.5 - d, 0.5, 1), at(0.5 + d, 0.5, 2));
    await touch('touchEnd');
    await expect(shownZoom(photo)).toHaveText(/^[34]\d\d%$/);
    await expect(photo.people()).toHaveCount(people);
    const near = await photo.drawn();
    await photo.swipe(0.8, 0.5, 0.3, 0.5);
    await expect.poll(() => photo.drawn()).not.toBe(near);
    await expect(photo.people()).toHaveCount(people);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
