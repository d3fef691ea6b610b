/** The joint-specific layers of the fine stage in TensorFlow.js; on WebGPU they are part of decode.wgsl.ts. */
import * as tf from '@tensorflow/tfjs-core';
import type { TfjsBlocks } from '../tfjs/blocks';
import { gatherSquares, squareTable } from '../tfjs/gather';
import type { Contract } from './contract';
import type { CoarseDecoded } from './decode';

/**
 * features: of crops around the peaks [people * joints, fine.cells, fine.cells, channels]. Returns logits [people * joints, fine.cells ** 2],
 * one map per joint. Uses a batched matMul, since WASM has no Einsum.
 */
export function ownLogits(
  blocks: TfjsBlocks,
  contract: Contract,
  features: tf.Tensor4D,
  coarse: Pick<CoarseDecoded, 'scores' | 'top' | 'peaks'>,
): tf.Tensor2D {
  const own = blocks.weight<tf.Rank.R2>('fine.private');
  const [joints, columns] = own.shape;
  const channels = columns - 1;
  const cells = contract.fine.cells ** 2;
  const people = coarse.peaks.size / joints;
  const ofFeatures = blocks.constant('own.features', () =>
    tf.reshape(tf.slice(own, [0, 0], [joints, channels]), [joints, channels, 1]),
  );
  const ofEvidence = blocks.constant('own.evidence', () => tf.slice(own, [0, channels], [joints, 1]));
  const seen = tf.matMul(tf.reshape(features, [people, joints, cells, channels]), ofFeatures);
  const known = tf.mul(tf.reshape(evidence(blocks, contract, coarse), [people, joints, cells]), ofEvidence);
  return tf.reshape(tf.add(tf.reshape(seen, [people, joints, cells]), known), [people * joints, cells]);
}

/**
 * Each joint's coarse logits in its crop: their height above (the map's largest - reach), zero below it and outside the
 * image, upsampled bilinearly to the fine map's cells: [people * joints, fine.cells ** 2].
 */
function evidence(
  blocks: TfjsBlocks,
  { coarse: { cells: side }, fine }: Contract,
  { scores, top, peaks }: Pick<CoarseDecoded, 'scores' | 'top' | 'peaks'>,
): tf.Tensor2D {
  const cells = side ** 2;
  const table = blocks.constant('evidence.table', () => squareTable({ grid: side, per: 1, span: fine.crop }, cells + 1));
  const enlarge = blocks.constant('evidence.enlarge', () => tf.tensor2d(bilinear(fine.crop)));
  const crops = gatherSquares(tf.reshape(scores, [-1]), table, peaks, (i) => i * (cells + 2));
  const height = tf.relu(tf.sub(tf.reshape(crops, [-1, fine.crop ** 2]), tf.sub(top, fine.reach)));
  return tf.matMul(height as tf.Tensor2D, enlarge);
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
