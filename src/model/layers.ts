/** The blocks of the network (training/posecade/model.py), batch norm folded into the convolutions. Tensors are [people, y, x, channels]. */
import * as tf from '@tensorflow/tfjs-core';
import { upAdd } from './add';
import type { Weights } from './weights';

export type Layer = (x: tf.Tensor4D) => tf.Tensor4D;

interface ConvOptions {
  readonly stride?: number;
  readonly relu?: boolean;
  /** false: it has none. */
  readonly bias?: boolean;
}

/**
 * A convolution with the zero padding of PyTorch: the same on all four sides, also with stride 2, where TensorFlow's 'same' would
 * sample other pixels.
 */
export function convolve(
  weights: Weights,
  name: string,
  kernel: tf.Tensor4D,
  bias: tf.Tensor1D | undefined,
  { stride = 1, relu = false }: ConvOptions = {},
): Layer {
  const [size] = kernel.shape;
  return (x) => {
    const y = tf.fused.conv2d({
      x,
      filter: kernel,
      strides: stride,
      pad: (size - 1) / 2,
      ...(bias ? { bias } : {}),
      activation: relu ? 'relu' : 'linear',
    });
    weights.macs.set(name, (y.shape[1] * y.shape[2] * y.shape[0] * kernel.size) / weights.people);
    return y;
  };
}

/** The convolution of that name. */
export function conv(weights: Weights, name: string, options?: ConvOptions): Layer {
  const bias = options?.bias === false ? undefined : weights.take(`${name}.bias`, tf.Rank.R1);
  return convolve(weights, name, weights.take(`${name}.kernel`, tf.Rank.R4), bias, options);
}

/** Convolution and ReLU. */
export function unit(weights: Weights, name: string, stride = 1): Layer {
  return conv(weights, name, { stride, relu: true });
}

/** relu(x + 1x1(3x3(x))), narrow inside. */
export function residual(weights: Weights, name: string): Layer {
  const reduce = unit(weights, `${name}.reduce`);
  const expand = conv(weights, `${name}.expand`);
  return (x) => upAdd(x, expand(reduce(x)), true);
}

/**
 * name.0, name.1, ... in a row, as many as the weights have. A residual is known by its inner convolution; a plain unit in a row
 * always halves the resolution.
 */
export function sequence(weights: Weights, name: string): Layer {
  const layers: Layer[] = [];
  for (let i = 0; ; i += 1) {
    if (weights.has(`${name}.${i}.kernel`)) layers.push(unit(weights, `${name}.${i}`, 2));
    else if (weights.has(`${name}.${i}.reduce.kernel`)) layers.push(residual(weights, `${name}.${i}`));
    else break;
  }
  return (x) => layers.reduce((y, layer) => layer(y), x);
}
