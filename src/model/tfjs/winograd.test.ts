import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startWasm } from '../../../cli/node';
import { suitsWinograd, winogradConv, winogradWeights } from './winograd';

const SIDE = { even: 12, odd: 5, one: 1 };

beforeAll(startWasm);

/** Reproducible random weights of a shape. */
const numbers = (shape: number[], seed: number) => ({
  shape,
  values: tf.tidy(() => tf.randomNormal(shape, 0, 0.1, 'float32', seed).dataSync<'float32'>()),
});

/** The largest difference from the backend's own convolution. */
function difference(
  images: number,
  height: number,
  width: number,
  [channels, outputs]: [number, number],
  biased: boolean,
  relu: boolean,
) {
  return tf.tidy(() => {
    const x = tf.randomNormal<tf.Rank.R4>([images, height, width, channels], 0, 1, 'float32', 1);
    const kernel = numbers([3, 3, channels, outputs], 2);
    const bias = biased ? { bias: tf.randomNormal<tf.Rank.R1>([outputs], 0, 1, 'float32', 3) } : {};
    const ours = winogradConv({ x, weights: winogradWeights(kernel), ...bias }, { relu });
    const filter = tf.tensor4d(kernel.values, [3, 3, channels, outputs]);
    const theirs = tf.fused.conv2d({ x, filter, strides: 1, pad: 1, ...bias, activation: relu ? 'relu' : 'linear' });
    expect(ours.shape).toEqual(theirs.shape);
    return Math.max(...tf.abs(tf.sub(ours, theirs)).dataSync());
  });
}

it.each([
  [1, SIDE.even, SIDE.even, [48, 24], true, true],
  [3, SIDE.odd, SIDE.odd, [96, 32], false, false],
  [2, SIDE.odd, SIDE.even, [4, 8], true, false],
  [1, SIDE.one, SIDE.odd, [12, 40], true, true],
] as const)(
  'agrees with the backend on %i images of %i x %i, channels %j',
  (images, height, width, [channels, outputs], biased, relu) => {
    expect(difference(images, height, width, [channels, outputs], biased, relu)).toBeLessThan(5e-5);
  },
);

it('leaves no tensors besides its result', () => {
  const before = tf.memory().numTensors;
  const weights = winogradWeights(numbers([3, 3, 8, 8], 1));
  const x = tf.ones<tf.Rank.R4>([1, 6, 6, 8]);
  const buffers = tf.memory().numDataBuffers;
  const result = winogradConv({ x, weights }, { relu: false });
  expect(tf.memory().numDataBuffers).toBe(buffers + 1);
  tf.dispose([weights, x, result]);
  expect(tf.memory().numTensors).toBe(before);
});

it('accepts only 3x3 kernels of whole vectors with stride 1', () => {
  const suits = (shape: number[], stride: number) => suitsWinograd({ shape, values: new Float32Array() }, stride);
  expect(suits([3, 3, 48, 24], 1)).toBe(true);
  expect(suits([3, 3, 48, 24], 2)).toBe(false);
  expect(suits([1, 1, 48, 24], 1)).toBe(false);
  expect(suits([3, 3, 3, 32], 1)).toBe(false);
  expect(suits([3, 3, 48, 19], 1)).toBe(false);
});
