import * as tf from '@tensorflow/tfjs-core';
import type { InputScale } from '../network';

/** Pixels 0..255 [batch, size, size, 3] -> normalised: the finest level of a pyramid. */
export function normalise(pixels: tf.Tensor4D, { mean, std }: InputScale): tf.Tensor4D {
  return tf.add(tf.mul(tf.cast(pixels, 'float32'), 1 / (255 * std)), -mean / std);
}

/** Halves an image by 2 x 2 means: the next level of the image pyramid (paper, section 1). */
export function halve(image: tf.Tensor4D): tf.Tensor4D {
  return tf.avgPool(image, 2, 2, 'valid');
}
