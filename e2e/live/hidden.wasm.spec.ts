import { test } from '../support/camera';
import { LONG } from '../support/photo-page';
import { expect } from '../support/test';
import { watchEngine, work } from './held';

test('a hidden page stops processing frames, and resumes when it is shown', async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
  const worker = await watchEngine(page);
  const asked = async () => (await work(worker)).asked;
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  /** Waits for this many frames of the camera, which keeps running. */
  const pass = (frames: number) =>
    page.evaluate(async (count) => {
      const video = document.querySelector('video');
      for (let i = 0; i < count; i += 1) await new Promise((resolve) => video?.requestVideoFrameCallback(resolve));
    }, frames);
  await page.getByRole('button', { name: 'Start camera' }).click();
  await expect.poll(asked, { timeout: LONG }).toBeGreaterThan(2);
  await hide(true);
  const askedDuring = async (frames: number) => {
    const before = await asked();
    await pass(frames);
    return (await asked()) - before;
  };
  await expect.poll(() => askedDuring(10)).toBe(0); // one may have been on its way
  const resting = await asked();
  await pass(30);
  expect(await asked()).toBe(resting);
  await hide(false);
  await expect.poll(asked, { timeout: LONG }).toBeGreaterThan(resting + 2);
});
