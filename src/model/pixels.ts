import * as tf from '@tensorflow/tfjs-core';

/** A sheet of crops, one below the other -> [crops, size, size, 3] bytes as int32, on the device; the caller disposes of it. */
export function pixelsOf(sheet: OffscreenCanvas, size: number): tf.Tensor4D {
  return tf.tidy(() => tf.reshape(tf.browser.fromPixels(sheet as unknown as HTMLCanvasElement), [-1, size, size, 3]));
}
