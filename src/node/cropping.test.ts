import { expect, it } from 'vitest';
import type { Crops } from '../model/network';
import { rasterCropping } from './cropping';

const SIZE = 2;
/** Reds 0, 10, 20, ... 150, row by row. */
const raster = { width: 4, height: 4, data: Uint8Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? 10 * (i / 3) : 0)) };
const rois = [
  { cx: 1, cy: 1, side: 2 },
  { cx: 3, cy: 3, side: 2 },
];

const onDevice = (maxTextureDimension2D: number, mirrored: boolean): Promise<Crops> =>
  rasterCropping(SIZE, { limits: { maxTextureDimension2D } } as GPUDevice)(raster, rois, mirrored, async (pixels) => {
    if (!('rois' in pixels)) throw new Error('no crops');
    return pixels;
  });

it('leaves the cropping to a GPU', async () => {
  expect(await onDevice(4, true)).toEqual({ image: raster, rois, mirrored: true });
});

it('cuts an image larger than a texture into squares, one below the other', async () => {
  const { image, rois: below, mirrored } = await onDevice(3, true);
  expect([image.width, image.height, mirrored]).toEqual([SIZE, 2 * SIZE, false]);
  expect('data' in image && Array.from(image.data).filter((_, i) => i % 3 === 0)).toEqual([10, 0, 50, 40, 110, 100, 150, 140]);
  expect(below).toEqual([
    { cx: 1, cy: 1, side: 2 },
    { cx: 1, cy: 3, side: 2 },
  ]);
});
