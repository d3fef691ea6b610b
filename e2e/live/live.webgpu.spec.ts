/** The Live screen on real WebGPU. */
import type { Page, Worker } from 'playwright/test';
import { test } from '../support/camera';
import { LONG, type PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';
import { compare, drawings, expectWithin, record, stillJoints } from './follow';
import { samples, watchEngine } from './held';
import { expectFlat, runLive } from './leaks';

test.use({ trace: 'off' }); // a trace keeps what the page releases

test('processing frames and restarting the camera leaks nothing', async ({ photo }) => {
  const [frames, starts] = [8, 2]; // `npm run figures -- soak` has more
  const figures = await runLive(photo, frames, starts, '?backend=webgpu');
  await expectFlat(photo, figures, starts);
  expect(figures.frames[0]?.gpu).toBe(true); // otherwise it ran on the CPU
});

/** Destroys the device at its next use. */
async function loseDevice(page: Page): Promise<void> {
  const [worker] = page.workers();
  await worker?.evaluate(() => {
    const create = GPUDevice.prototype.createCommandEncoder;
    GPUDevice.prototype.createCommandEncoder = function (descriptor) {
      GPUDevice.prototype.createCommandEncoder = create;
      this.destroy();
      return create.call(this, descriptor);
    };
  });
}

async function expectFrames(worker: Worker, count: number): Promise<void> {
  const looked = async () => (await samples(worker)).length;
  const now = await looked();
  await expect.poll(looked, { timeout: LONG }).toBeGreaterThanOrEqual(now + count);
}

/** Waits until somebody is drawn. */
async function expectPerson({ overlay }: PhotoPage): Promise<void> {
  const drawn = () =>
    overlay.evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(canvas as HTMLCanvasElement, 0, 0);
      return copy?.getImageData(0, 0, width, height).data.some((value) => value > 0);
    });
  await expect.poll(drawn, { timeout: LONG }).toBe(true);
}

test('a device lost while running is replaced, and the person is found again', async ({ photo, page }) => {
  await page.goto('./?backend=webgpu#live');
  await photo.ready();
  await expect(photo.engine).toContainText('WebGPU');
  const first = await watchEngine(page);
  await page.getByRole('button', { name: 'Start camera' }).click();
  await expectFrames(first, 2);
  await expectPerson(photo);

  await loseDevice(page);
  await expect.poll(() => page.workers()[0] !== first && page.workers().length === 1, { timeout: LONG }).toBe(true);
  await photo.ready();
  const second = await watchEngine(page);
  await expectFrames(second, 2);
  await expectPerson(photo);
  await expect(photo.engine).toContainText('WebGPU');
  await expect(photo.live.locator('.notice')).toHaveCount(0);
});

test('joints are drawn on the person', async ({ photo, page }) => {
  await record(page);
  await photo.open('backend=webgpu');
  await expect(photo.engine).toContainText('WebGPU');
  const truth = await stillJoints(photo);
  await page.getByRole('link', { name: 'Live', exact: true }).click();
  await page.getByRole('button', { name: 'Start camera' }).click();
  const { found, drawn } = compare(await drawings(photo, { still: 5, slow: 1, zoom: 2 }), truth, [
    'still',
    'slow',
    'fast',
    'zoom',
  ]);
  expectWithin(found, 0.01, 0.03);
  expectWithin(drawn, 0.02, 0.06);
});
