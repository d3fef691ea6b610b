/** The page as a user sees it: a photo dropped on it, on real WebGPU. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { encode } from 'fast-png';
import { posesIn } from '../../src/node/find';
import { openModel, startWasm } from '../../src/node/models';
import { createPoser } from '../../src/node/poser';
import type { Pose } from '../../src/pose/pose';
import type { Raster } from '../../src/pose/resample';
import { MARGIN, wholeFrameRoi } from '../../src/pose/roi';
import { largestDifference, readGolden } from '../../tools/golden';
import { given, jpegFile, sample } from '../support/files';
import { LONG } from '../support/photo-page';
import { expect, test } from '../support/test';

const golden = readGolden('src/model/cascade/golden');

/** The joints by a flip test on WebAssembly, in this process; the unit tests check those against PyTorch's. */
async function flipTestedOnWasm(raster: Raster): Promise<Pose> {
  await startWasm(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  const model = await openModel('public/models/cascade');
  try {
    const [pose = []] = await posesIn(raster, [wholeFrameRoi(raster)], createPoser(model), true);
    return pose;
  } finally {
    model.dispose();
  }
}

test('a dropped image gets the same joints on WebGPU as on WebAssembly', { tag: '@journey' }, async ({ photo, page }) => {
  await photo.open('backend=webgpu');
  await expect(photo.engine).toContainText('WebGPU'); // otherwise the rest would test a fallback
  const { shape, numbers } = golden('pixels');
  const side = shape[1];
  const data = Uint8Array.from(numbers.subarray(0, side * side * 3));
  await photo.drop(given('golden.png', 'image/png', Buffer.from(encode({ width: side, height: side, channels: 3, data }))));
  await photo.idle();
  const edge = (1 - 1 / MARGIN) / 2;
  await photo.dragBox(edge, edge, 1 - edge, 1 - edge); // the crop is MARGIN times the box, so that it is the image itself
  await expect(page.getByRole('button', { name: /^Person \d in your box/ })).toBeVisible({ timeout: LONG });
  await photo.idle();
  await expect(photo.live).toContainText('on WebGPU');
  const found = (await photo.download()).people.at(-1)?.keypoints.flatMap(({ x, y }) => [x, y]) ?? [];
  expect(found).toHaveLength(2 * 19);
  const wanted = (await flipTestedOnWasm({ width: side, height: side, data })).flatMap(({ x, y }) => [x, y]);
  expect(largestDifference(found, wanted)).toBeLessThan(0.5);
});

test('an address with backend=wasm gets WebAssembly, even where there is WebGPU', async ({ photo }) => {
  await photo.open('backend=wasm');
  await expect(photo.engine).toHaveAttribute('title', 'WebAssembly: as requested');
});

test('a photo on WebGPU gets joints and maps', async ({ photo, page }) => {
  await photo.open('backend=webgpu');
  await expect(photo.engine).toContainText('WebGPU');
  await photo.drop(jpegFile(sample('astronaut.jpg')));
  await photo.expectFound();
  await expect(photo.live).toContainText(/\d+ of 19 joints in .* on WebGPU/);
  await page.getByRole('button', { name: 'Show all steps' }).click();
  await expect(page.getByRole('heading', { name: 'Fine map' })).toBeVisible({ timeout: LONG });
});
