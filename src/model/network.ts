/** The layers of a model on a backend, from pixels to numbers. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Raster } from '../pose/resample';
import type { Roi } from '../pose/space';

/** A canvas of square images, one below the other. */
export type Sheet = OffscreenCanvas & { readonly width: number; readonly height: number };

/** An image that a GPU takes. */
export type Image = Exclude<GPUImageCopyExternalImage['source'], { readonly data: unknown }> & {
  readonly width: number;
  readonly height: number;
};

/** Square parts of one image, in its pixels, black where they reach past it. A GPU cuts and resamples them itself. */
export interface Crops {
  readonly image: Image | Raster;
  readonly rois: readonly Roi[];
  /** Each left to right. */
  readonly mirrored: boolean;
}

/** The images of a batch: bytes 0..255 [images, size, size, 3], on WebAssembly only; a sheet; or crops, on WebGPU only, of an image no larger than a texture can be. */
export type Pixels = tf.Tensor4D | Sheet | Crops;

/** A byte b goes in as (b / 255 - mean) / std. */
export interface InputScale {
  readonly mean: number;
  readonly std: number;
}

/** Shaders compiled, and in all. */
export type OnCompiled = (done: number, total: number) => void;

/** Owns what it holds on its backend until dispose(). */
export interface Network {
  /** Does what the first run on a batch of each of these sizes would otherwise wait for. Rejects if a shader does not compile. */
  compile(batches: readonly number[], onProgress: OnCompiled): Promise<void>;
  /**
   * A row of numbers an image, in their order, or each row's first `length`: no more is read back. pixels stay the caller's. Rejects with the
   * signal's reason when aborted; nothing stays behind in any case.
   */
  run(signal: AbortSignal, pixels: Pixels, length?: number): Promise<Float32Array[]>;
  dispose(): void;
}
