/** The cascade in TensorFlow.js. */
import type * as tf from '@tensorflow/tfjs-core';
import type { TfjsBlocks } from '../tfjs/blocks';
import { halve, normalise } from '../tfjs/preprocess';
import { coarseStage, type Pyramid } from './coarse';
import type { Contract } from './contract';
import { columns, decodeCoarse, decodeFine, decodePerson } from './decode';
import { fineStage } from './fine';
import { ownLogits } from './own-logits';
import { personFeatures } from './person-head';

/** The image pyramid of pixels 0..255 [people, size, size, 3]. */
export function pyramidOf(pixels: tf.Tensor4D, { input }: Contract): Pyramid<tf.Tensor4D> {
  const whole = normalise(pixels, input);
  const half = halve(whole);
  return [whole, half, halve(half)];
}

/** Pixels 0..255 [people, size, size, 3] -> the parts of row.ts's rows: coarse maps -> peaks -> crops -> fine maps -> joints, on the device. */
export function cascadeGraph(blocks: TfjsBlocks, contract: Contract, pixels: tf.Tensor4D): readonly tf.Tensor[] {
  const levels = pyramidOf(pixels, contract);
  const features = coarseStage(blocks, levels);
  const coarse = decodeCoarse(blocks, contract, features.logits);
  const crops = fineStage(blocks, contract, features, coarse.peaks);
  const fine = decodeFine(blocks, contract, ownLogits(blocks, contract, crops, coarse));
  const verdict = decodePerson(blocks, personFeatures(blocks, features.deepest));
  return [columns(coarse, fine), verdict, halve(levels[2]), coarse.maps, fine.maps];
}
