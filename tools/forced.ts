import * as tf from '@tensorflow/tfjs-core';
import { coarseStage } from '../src/model/cascade/coarse';
import type { Contract } from '../src/model/cascade/contract';
import { decodeCoarse } from '../src/model/cascade/decode';
import { fineStage } from '../src/model/cascade/fine';
import { foldFeedback } from '../src/model/cascade/fold';
import { pyramidOf } from '../src/model/cascade/graph';
import { ownLogits } from '../src/model/cascade/own-logits';
import { TfjsBlocks } from '../src/model/tfjs/blocks';
import { openWeights } from '../src/model/weights';

/**
 * Logits of the fine maps [people * joints][cells of a map] in crops that are not where the peaks are: `cells` has column and row for
 * each joint of each person. pixels: 0..255 [people, size, size, 3]. Leaks nothing.
 */
export async function forcedLogits(
  contract: Contract,
  bytes: ArrayBuffer,
  pixels: tf.Tensor4D,
  cells: ArrayLike<number>,
): Promise<number[][]> {
  const weights = await openWeights(contract.weights, bytes);
  foldFeedback(weights);
  const blocks = new TfjsBlocks(weights.entries());
  const forced = Array.from(
    { length: cells.length / 2 },
    (_, i) => (cells[2 * i] ?? 0) + (cells[2 * i + 1] ?? 0) * contract.coarse.cells,
  );
  try {
    const logits = tf.tidy(() => {
      const peaks = tf.tensor1d(forced, 'int32');
      const features = coarseStage(blocks, pyramidOf(pixels, contract));
      const coarse = { ...decodeCoarse(blocks, contract, features.logits), peaks };
      return ownLogits(blocks, contract, fineStage(blocks, contract, features, peaks), coarse);
    });
    const maps = await logits.array();
    logits.dispose();
    return maps;
  } finally {
    blocks.dispose();
  }
}
