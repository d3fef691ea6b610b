/** The layers of a model on a backend, from pixels to numbers. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Raster } from '../pose/resample';
import type { Roi } from '../pose/space';

/** A canvas of square images, one below the other. */
export type Sheet = OffscreenCanvas & { readonly width: number; readonly height: number };

/** An image that a GPU accepts. */
export type Image = Exclude<GPUImageCopyExternalImage['source'], { readonly data: unknown }> & {
  readonly width: number;
  readonly height: number;
};

/** Square parts of one image, in its pixels, black where they extend beyond it. A GPU cuts and resamples them itself. */
export interface Crops {
  readonly image: Image | Raster;
  readonly rois: readonly Roi[];
  /** Whether each is flipped left to right. */
  readonly mirrored: boolean;
}

/** The images of a batch: bytes 0..255 [images, size, size, 3], on WebAssembly only; a sheet; or crops, on WebGPU only, of an image that fits into a texture. */
export type Pixels = tf.Tensor4D | Sheet | Crops;

/** A byte b is fed in as (b / 255 - mean) / std. */
export interface InputScale {
  readonly mean: number;
  readonly std: number;
}

/** Shaders compiled so far, and in total. */
export type OnCompiled = (done: number, total: number) => void;

/** Owns its resources on the backend until dispose(). */
export interface Network {
  /** Does what the first run with each of these batch sizes would otherwise wait for. Rejects if a shader does not compile. */
  compile(batches: readonly number[], onProgress: OnCompiled): Promise<void>;
  /**
   * One row of numbers per image, in order, or each row's first `length`: no more is read back. The caller still owns pixels. Rejects with the
   * signal's reason when aborted; leaks nothing in any case.
   */
  run(signal: AbortSignal, pixels: Pixels, length?: number): Promise<Float32Array[]>;
  dispose(): void;
}
