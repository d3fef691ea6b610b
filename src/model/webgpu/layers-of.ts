import * as tf from '@tensorflow/tfjs-core';
import { feedbackLayer } from '../cascade/coarse';
import type { Weights } from '../weights';
import type { Layer } from './layer';
import type { Layers } from './recorder';

/** Layers without a bias of their own. */
const WITHOUT_BIAS = ['fine.level1'];

/** The cascade's layers. What was taken once can be taken again, also after the weights are gone. */
export function layersOf(weights: Weights): Layers {
  const { name, width, kernel, bias } = feedbackLayer(weights);
  const taken = new Map<string, Layer>([[name, { name, kernel: 1, channels: width, weights: kernel, bias }]]);
  const takeNew = (layer: string): Layer => {
    const numbers = weights.take(`${layer}.kernel`, tf.Rank.R4);
    const [side, , , channels] = numbers.shape;
    const shift = WITHOUT_BIAS.includes(layer) ? undefined : weights.take(`${layer}.bias`, tf.Rank.R1).dataSync<'float32'>();
    return { name: layer, kernel: side, channels, weights: numbers.dataSync<'float32'>(), bias: shift };
  };
  return {
    has: (layer) => weights.has(`${layer}.kernel`),
    take(layer) {
      const found = taken.get(layer) ?? takeNew(layer);
      taken.set(layer, found);
      return found;
    },
  };
}
