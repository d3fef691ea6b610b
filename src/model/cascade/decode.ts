/**
 * Reduces maps to numbers in TensorFlow.js, on the device: COLUMNS small sums are read back per joint, from which unpack.ts computes positions
 * and scores. The definitions are those of src/pose/heatmap.ts, which is the oracle for both.
 */
import * as tf from '@tensorflow/tfjs-core';
import { WINDOW } from '../../pose/heatmap';
import type { TfjsBlocks } from '../tfjs/blocks';
import { gatherSquares, squareTable } from '../tfjs/gather';
import type { Contract } from './contract';
import { WHOLE } from './person-head';

export interface CoarseDecoded {
  /** Index of the largest cell [people * joints], int32. */
  readonly peaks: tf.Tensor1D;
  /** Logits [people * joints, cells + 2]: the cells, "absent", and one for everything outside the map, whose probability is zero. */
  readonly scores: tf.Tensor2D;
  /** Largest logit of each map's cells [people * joints, 1]. */
  readonly top: tf.Tensor;
  /** Probabilities of the scores. */
  readonly maps: tf.Tensor2D;
  /** [people * joints, 3]: probability in the window around the peak, and its first moments in cells from the peak's corner. */
  readonly window: tf.Tensor2D;
}

export interface FineDecoded {
  /** Probabilities [people * joints, fine.cells ** 2]. */
  readonly maps: tf.Tensor2D;
  /** [people * joints, 3]: mean column and row in fine cells, and the largest cell. */
  readonly sums: tf.Tensor2D;
}

/** A logit whose probability is 0 in float32. */
const NEVER = -1e9;

/** For each cell of a square, row-major: column and row of its centre, relative to the square's corner, minus `origin`. */
const centres = (side: number, origin: number) =>
  Array.from({ length: side * side }, (_, i) => [(i % side) + 0.5 - origin, Math.floor(i / side) + 0.5 - origin]);

export function decodeCoarse(blocks: TfjsBlocks, { coarse, joints }: Contract, logits: tf.Tensor4D): CoarseDecoded {
  const cells = coarse.cells * coarse.cells;
  const table = blocks.constant('decode.table', () => squareTable({ grid: coarse.cells, per: 1, span: WINDOW }, cells + 1));
  // "absent" has the logit 0 by definition; the cell after it stands for everything outside the map.
  const tail = blocks.constant('decode.tail', () => tf.tensor2d(joints.map(() => [0, NEVER])));
  const moments = blocks.constant('decode.moments', () =>
    tf.tensor2d(centres(WINDOW, Math.floor(WINDOW / 2)).map((xy) => [1, ...xy])),
  );
  const [people] = logits.shape;
  const flat = tf.reshape(tf.transpose(logits, [0, 3, 1, 2]), [people * joints.length, cells]);
  const peaks = tf.argMax(flat, 1) as tf.Tensor1D;
  const tails = people === 1 ? tail : (tf.tile(tail, [people, 1]) as tf.Tensor2D);
  const scores = tf.concat2d([flat as tf.Tensor2D, tails], 1);
  const maps = tf.softmax(scores);
  const window = gatherSquares(tf.reshape(maps, [-1]), table, peaks, (i) => i * (cells + 2));
  return {
    peaks,
    scores,
    top: tf.max(flat, 1, true),
    maps,
    window: tf.matMul(tf.reshape(window, [-1, WINDOW * WINDOW]), moments),
  };
}

export function decodeFine(blocks: TfjsBlocks, { fine }: Contract, logits: tf.Tensor2D): FineDecoded {
  const middle = blocks.constant('decode.centres', () => tf.tensor2d(centres(fine.cells, 0)));
  const maps = tf.softmax(logits);
  return { maps, sums: tf.concat([tf.matMul(maps, middle), tf.max(maps, 1, true)], 1) };
}

/** The person head's logits [people, VERDICT], from its features [people, side, side, channels]. */
export function decodePerson(blocks: TfjsBlocks, features: tf.Tensor4D): tf.Tensor2D {
  const flat = tf.reshape(features, [features.shape[0], -1]);
  return tf.add(tf.matMul(flat, blocks.weight<tf.Rank.R2>(WHOLE.kernel)), blocks.weight<tf.Rank.R1>(WHOLE.bias));
}

/** The numbers of row.ts for each joint [people * joints, 7]. */
export function columns(coarse: CoarseDecoded, fine: FineDecoded): tf.Tensor2D {
  const peaks: tf.Tensor2D = tf.reshape(tf.cast(coarse.peaks, 'float32'), [-1, 1]);
  return tf.concat2d([peaks, coarse.window, fine.sums], 1);
}
