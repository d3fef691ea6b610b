/**
 * The person head (training/posecade/detector/head.py): what the deepest features say of a crop as a whole, in two logits: that somebody is in the
 * box that it was cut around, and how right the pose is.
 */
import * as tf from '@tensorflow/tfjs-core';
import { type Blocks, unit } from '../blocks';
import type { TfjsBlocks } from '../tfjs/blocks';

/** Logits of a crop. */
export const VERDICT = 2;
/** The dense layer, of all cells at once: [cells * channels, VERDICT] and [VERDICT]. */
export const WHOLE = { kernel: 'person.whole.kernel', bias: 'person.whole.bias' } as const;

/** What the dense layer reads: [people, side, side, channels]. */
export const personFeatures = <T>(blocks: Blocks<T>, deepest: T): T => unit(blocks, deepest, 'person.near');

/** Logits [people, VERDICT], in TensorFlow.js; on WebGPU they are a step of decode.wgsl.ts. */
export function personLogits(blocks: TfjsBlocks, features: tf.Tensor4D): tf.Tensor2D {
  const flat = tf.reshape(features, [features.shape[0], -1]);
  return tf.add(tf.matMul(flat, blocks.weight<tf.Rank.R2>(WHOLE.kernel)), blocks.weight<tf.Rank.R1>(WHOLE.bias));
}
