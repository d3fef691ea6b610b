/** The fine stage: works on crops of the shared features around each coarse peak (paper, section 2). */
import * as tf from '@tensorflow/tfjs-core';
import { upAdd } from '../add';
import { conv, unit } from '../layers';
import type { Weights } from '../weights';
import type { CoarseFeatures } from './coarse';
import { type Contract, EARLY_PER_CELL } from './contract';
import type { CoarseDecoded } from './decode';
import { gatherCrops, gatherSquares, squareTable, zeroRow } from './gather';

export interface FineInput extends Pick<CoarseFeatures, 'early' | 'late'>, Pick<CoarseDecoded, 'scores' | 'top'> {
  /** The coarse cell to crop around [people * joints], int32. */
  readonly peaks: tf.Tensor1D;
}

/** Logits [people * joints, fine.cells ** 2], one map a joint. */
export type FineStage = (input: FineInput) => tf.Tensor2D;

/**
 * Takes its weights. The convolutions are the same for all joints (siamese), only the last 1x1 is a joint's own: a batched matMul,
 * since WASM has no Einsum. A bias there would be the same in every cell of a map and so change no softmax: it is left out.
 */
export function fineStage(weights: Weights, contract: Contract): FineStage {
  const { coarse, fine } = contract;
  const level0 = conv(weights, 'fine.level0');
  const level1 = conv(weights, 'fine.level1', { bias: false }); // level0 has one for both
  const mix = unit(weights, 'fine.mix');
  const expand = unit(weights, 'fine.expand');
  const evidence = evidenceStage(weights, contract);
  const own = weights.take('fine.private', tf.Rank.R2);
  const [joints, channels] = own.shape;
  const cells = fine.cells * fine.cells;
  const earlyCrop = { grid: coarse.cells, per: EARLY_PER_CELL, span: fine.crop };
  const lateCrop = { grid: coarse.cells, per: 1, span: fine.crop };
  const earlyTable = weights.keep('fine.earlyTable', squareTable(earlyCrop, zeroRow(earlyCrop)));
  const lateTable = weights.keep('fine.lateTable', squareTable(lateCrop, zeroRow(lateCrop)));
  return ({ early, late, scores, top, peaks }) => {
    const people = peaks.size / joints;
    const near = level0(gatherCrops(early, earlyTable, peaks, earlyCrop));
    const wide = level1(gatherCrops(late, lateTable, peaks, lateCrop));
    const x = tf.reshape(expand(mix(upAdd(near, wide, true))), [people, joints, cells, channels - 1]);
    const known = tf.reshape(evidence(scores, top, peaks), [people, joints, cells, 1]);
    weights.macs.set('fine.private', own.size * cells);
    const logits = tf.matMul(tf.concat([x, known], 3), tf.reshape(own, [joints, channels, 1]));
    return tf.reshape(logits, [people * joints, cells]);
  };
}

/**
 * What each joint's coarse logits say in its crop: their height above (the map's largest - reach), zero below and outside the
 * image, brought bilinearly to the fine map's cells: [people * joints, fine.cells ** 2].
 */
function evidenceStage(
  weights: Weights,
  { coarse, fine }: Contract,
): (scores: tf.Tensor2D, top: tf.Tensor, peaks: tf.Tensor1D) => tf.Tensor2D {
  const cells = coarse.cells ** 2;
  const table = weights.keep('fine.evidenceTable', squareTable({ grid: coarse.cells, per: 1, span: fine.crop }, cells + 1));
  const enlarge = weights.keep('fine.enlarge', tf.tensor2d(bilinear(fine.crop)));
  return (scores, top, peaks) => {
    const crops = gatherSquares(tf.reshape(scores, [-1]), table, peaks, (i) => i * (cells + 2));
    const height = tf.relu(tf.sub(tf.reshape(crops, [-1, fine.crop ** 2]), tf.sub(top, fine.reach)));
    return tf.matMul(height as tf.Tensor2D, enlarge);
  };
}

/** [side ** 2, (2 * side) ** 2]: bilinear enlargement by two as a matrix, half-pixel centres, the border repeated outside. */
function bilinear(side: number): number[][] {
  const weight = (from: number, to: number) => {
    const at = Math.min(side - 1, Math.max(0, (to + 0.5) / 2 - 0.5));
    return Math.max(0, 1 - Math.abs(at - from));
  };
  const [small, large] = [side * side, 4 * side * side];
  return Array.from({ length: small }, (_, i) =>
    Array.from(
      { length: large },
      (_, o) => weight(Math.floor(i / side), Math.floor(o / (2 * side))) * weight(i % side, o % (2 * side)),
    ),
  );
}
