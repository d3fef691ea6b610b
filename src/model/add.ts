import * as tf from '@tensorflow/tfjs-core';

/**
 * big + small, then ReLU if asked. small has the size of big or half of it, and is then enlarged by nearest neighbour (exact on every
 * backend). Both [batch, y, x, channels].
 */
export function upAdd(big: tf.Tensor4D, small: tf.Tensor4D, relu = false): tf.Tensor4D {
  const [, height, width] = big.shape;
  const sum: tf.Tensor4D = tf.add(
    big,
    small.shape[1] === height ? small : tf.image.resizeNearestNeighbor(small, [height, width]),
  );
  return relu ? tf.relu(sum) : sum;
}
