import * as tf from '@tensorflow/tfjs-core';
import type { Contract } from './contract';

/** Pixels 0..255 [people, size, size, 3] -> normalised, the finest level of the pyramid. */
export function normalise(pixels: tf.Tensor4D, { mean, std }: Contract['input']): tf.Tensor4D {
  return tf.add(tf.mul(tf.cast(pixels, 'float32'), 1 / (255 * std)), -mean / std);
}

/** Halves a picture by 2 x 2 means: the next level of the image pyramid (paper, section 1). */
export function halve(image: tf.Tensor4D): tf.Tensor4D {
  return tf.avgPool(image, 2, 2, 'valid');
}
