import { test } from '../support/camera';
import { expect } from '../support/test';
import { samples, watchEngine } from './held';

test('a hidden page stops processing frames, and resumes when it is shown', async ({ photo, page }) => {
  await page.goto('./#live');
  await photo.ready();
  const worker = await watchEngine(page);
  const looked = async () => (await samples(worker)).length;
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
  await expect.poll(looked).toBeGreaterThan(2);
  await hide(true);
  const passesDuring = async (frames: number) => {
    const before = await looked();
    await pass(frames);
    return (await looked()) - before;
  };
  await expect.poll(() => passesDuring(10)).toBe(0); // the pass in flight has finished
  const resting = await looked();
  await pass(30);
  expect(await looked()).toBe(resting);
  await hide(false);
  await expect.poll(looked).toBeGreaterThan(resting + 2);
});
