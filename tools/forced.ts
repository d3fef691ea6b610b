import * as tf from '@tensorflow/tfjs-core';
import { coarseStage } from '../src/model/cascade/coarse';
import type { Contract } from '../src/model/cascade/contract';
import { coarseDecoder } from '../src/model/cascade/decode';
import { fineStage } from '../src/model/cascade/fine';
import { normalise } from '../src/model/preprocess';
import { Weights } from '../src/model/weights';

/**
 * Logits of the fine maps [people * joints][cells of a map] in crops that are not where the peaks are: `cells` has column and row for
 * each joint of each person. pixels: 0..255 [people, size, size, 3]. Leaves nothing behind.
 */
export async function forcedLogits(
  contract: Contract,
  bytes: ArrayBuffer,
  pixels: tf.Tensor4D,
  cells: ArrayLike<number>,
): Promise<number[][]> {
  const weights = new Weights(contract.weights, bytes);
  [weights.people] = pixels.shape;
  const peaks = Array.from(
    { length: cells.length / 2 },
    (_, i) => (cells[2 * i] ?? 0) + (cells[2 * i + 1] ?? 0) * contract.coarse.cells,
  );
  try {
    const [coarse, decode, fine] = [coarseStage(weights), coarseDecoder(weights, contract), fineStage(weights, contract)];
    const logits = tf.tidy(() => {
      const features = coarse(normalise(pixels, contract.input));
      return fine({ ...features, ...decode(features.logits), peaks: tf.tensor1d(peaks, 'int32') });
    });
    const maps = await logits.array();
    logits.dispose();
    return maps;
  } finally {
    weights.dispose();
  }
}
