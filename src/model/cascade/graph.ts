/** The cascade in TensorFlow.js. */
import type * as tf from '@tensorflow/tfjs-core';
import type { TfjsBlocks } from '../tfjs/blocks';
import { halve, normalise } from '../tfjs/preprocess';
import { coarseStage, type Pyramid } from './coarse';
import type { Contract } from './contract';
import { decodeCoarse, decodeFine, pack } from './decode';
import { fineStage } from './fine';
import { ownLogits } from './own-logits';

/** Of pixels 0..255 [people, size, size, 3]. */
export function pyramidOf(pixels: tf.Tensor4D, { input }: Contract): Pyramid<tf.Tensor4D> {
  const whole = normalise(pixels, input);
  const half = halve(whole);
  return [whole, half, halve(half)];
}

/** Pixels 0..255 [people, size, size, 3] -> rows of row.ts: coarse maps -> peaks -> crops -> fine maps -> joints, on the device. */
export function cascadeGraph(blocks: TfjsBlocks, contract: Contract, pixels: tf.Tensor4D): tf.Tensor2D {
  const levels = pyramidOf(pixels, contract);
  const features = coarseStage(blocks, levels);
  const coarse = decodeCoarse(blocks, contract, features.logits);
  const fine = fineStage(blocks, contract, features, coarse.peaks);
  return pack(halve(levels[2]), coarse, decodeFine(blocks, contract, ownLogits(blocks, contract, fine, coarse)));
}
