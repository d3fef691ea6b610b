/** The fine stage: looks again, at crops of the shared features round each coarse peak (paper, section 2). */
import * as tf from '@tensorflow/tfjs-core';
import type { CoarseFeatures } from './coarse';
import { type Contract, EARLY_PER_CELL } from './contract';
import { gatherCrops, squareTable, zeroRow } from './gather';
import { conv, unit, upAdd } from './layers';
import type { Weights } from './weights';

/** [people * joints, fine.cells ** 2] logits, one map a joint. */
export type FineStage = (features: Pick<CoarseFeatures, 'early' | 'late'>, peaks: tf.Tensor1D) => tf.Tensor2D;

/**
 * Takes its weights. The convolutions are the same for all joints (siamese), only the last 1x1 is a joint's own: a batched matMul,
 * since WASM has no Einsum. Its bias is the same in every cell of a map and so changes no softmax: it is left out.
 */
export function fineStage(weights: Weights, { coarse, fine, joints }: Contract): FineStage {
  const level0 = conv(weights, 'fine.level0');
  const level1 = conv(weights, 'fine.level1');
  const mix = unit(weights, 'fine.mix');
  const own = weights.take('fine.private', tf.Rank.R2);
  weights.take('fine.bias', tf.Rank.R1);
  const [count, channels] = own.shape;
  const cells = fine.cells * fine.cells;
  const earlyCrop = { grid: coarse.cells, per: EARLY_PER_CELL, span: fine.crop };
  const lateCrop = { grid: coarse.cells, per: 1, span: fine.crop };
  const earlyTable = weights.keep('fine.earlyTable', squareTable(earlyCrop, zeroRow(earlyCrop)));
  const lateTable = weights.keep('fine.lateTable', squareTable(lateCrop, zeroRow(lateCrop)));
  return ({ early, late }, peaks) => {
    const people = peaks.size / joints.length;
    const near = level0(gatherCrops(early, earlyTable, peaks, earlyCrop));
    const wide = level1(gatherCrops(late, lateTable, peaks, lateCrop));
    const x = mix(tf.relu(upAdd(near, wide)));
    weights.macs.set('fine.private', own.size * cells);
    const logits = tf.matMul(tf.reshape(x, [people, count, cells, channels]), tf.reshape(own, [count, channels, 1]));
    return tf.reshape(logits, [people * count, cells]);
  };
}
