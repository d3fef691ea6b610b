import * as tf from '@tensorflow/tfjs-core';
import type { Crops, Pixels } from '../model/network';
import { cutSquare, mirrorSquare, type Raster } from '../pose/resample';
import type { Roi } from '../pose/space';

/** Lends `use` crops of an image in memory, as a network accepts them, until it settles. rois: in pixels of the image; mirrored: left to right. */
export type WithCrops = <T>(
  raster: Raster,
  rois: readonly Roi[],
  mirrored: boolean,
  use: (pixels: Pixels) => Promise<T>,
) => Promise<T>;

/** A black square with this side, pixels, for a GPU. */
export const blankCrop = (side: number): Crops => ({
  image: { width: side, height: side, data: new Uint8Array(side * side * 3) },
  rois: [{ cx: side / 2, cy: side / 2, side }],
  mirrored: false,
});

/** For an input of `size` pixels. A GPU crops by itself, if the image fits into a texture. */
export function rasterCropping(size: number, device?: GPUDevice): WithCrops {
  const squaresOf = (raster: Raster, rois: readonly Roi[], mirrored: boolean): Uint8Array => {
    const bytes = size * size * 3;
    const all = new Uint8Array(rois.length * bytes);
    rois.forEach((roi, i) => {
      const square = cutSquare(raster, roi, size);
      all.set(mirrored ? mirrorSquare(square, size) : square, i * bytes);
    });
    return all;
  };
  if (device) {
    const most = device.limits.maxTextureDimension2D;
    return (raster, rois, mirrored, use) => {
      if (Math.max(raster.width, raster.height) <= most) return use({ image: raster, rois, mirrored });
      const sheet = { width: size, height: size * rois.length, data: squaresOf(raster, rois, mirrored) };
      const below = rois.map((_, i) => ({ cx: size / 2, cy: (i + 0.5) * size, side: size }));
      return use({ image: sheet, rois: below, mirrored: false });
    };
  }
  return async (raster, rois, mirrored, use) => {
    const pixels = tf.tensor4d(squaresOf(raster, rois, mirrored), [rois.length, size, size, 3], 'int32');
    try {
      return await use(pixels);
    } finally {
      pixels.dispose();
    }
  };
}
