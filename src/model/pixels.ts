import * as tf from '@tensorflow/tfjs-core';
import type { Pixels } from './pose-model';

/** What `use` makes of pixels as a tensor [crops, size, size, 3] of 0..255; the caller's. A canvas becomes one for as long as that takes. */
export function withTensor<T extends tf.Tensor>(pixels: Pixels, size: number, use: (tensor: tf.Tensor4D) => T): T {
  if (pixels instanceof tf.Tensor) return use(pixels);
  return tf.tidy(() => {
    const bytes = tf.browser.fromPixels(pixels as unknown as HTMLCanvasElement);
    return use(tf.reshape(bytes, [-1, size, size, 3]));
  });
}
