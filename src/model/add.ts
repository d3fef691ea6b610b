import * as tf from '@tensorflow/tfjs-core';

/** Our own kernel, where the backend has one (webgpu-add.ts): one dispatch in place of up to three operations. */
export const UP_ADD = 'PosecadeUpAdd';

/** Of the kernel. */
export interface UpAddAttrs {
  readonly relu: boolean;
}

export interface UpAddInputs {
  readonly big: tf.TensorInfo;
  readonly small: tf.TensorInfo;
}

/**
 * big + small, then ReLU if asked. small has the size of big or half of it, and is then enlarged by nearest neighbour (exact on every
 * backend). Both [batch, y, x, channels], channels a multiple of 4.
 */
export function upAdd(big: tf.Tensor4D, small: tf.Tensor4D, relu = false): tf.Tensor4D {
  if (tf.getKernel(UP_ADD, tf.getBackend())) {
    return tf.engine().runKernel(UP_ADD, { big, small }, { relu }) as tf.Tensor4D;
  }
  const [, height, width] = big.shape;
  const sum: tf.Tensor4D = tf.add(
    big,
    small.shape[1] === height ? small : tf.image.resizeNearestNeighbor(small, [height, width]),
  );
  return relu ? tf.relu(sum) : sum;
}
