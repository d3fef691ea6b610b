import * as tf from '@tensorflow/tfjs-core';
import { feedbackLayer } from '../cascade/coarse';
import type { Weights } from '../weights';
import type { Layer } from './layer';
import type { Layers } from './recorder';

/** Layers without a bias of their own. */
const WITHOUT_BIAS = ['fine.level1'];

/** The cascade's layers. What was taken once can be taken again, also after the weights are gone. */
export function cascadeLayers(weights: Weights): Layers {
  const { name, width, kernel, bias } = feedbackLayer(weights);
  return layersOf(weights, { name, kernel: 1, channels: width, weights: kernel, bias });
}

/** The detector's, likewise; its heads, which see the same features, as one layer HEADS. */
export function detectorLayers(weights: Weights): Layers {
  const layers = layersOf(weights);
  return layersOf(weights, beside(HEADS, layers.take('centre'), layers.take('sides')));
}

/** The centre's logit, then the sides of the box. */
export const HEADS = 'centre, sides';

/** A layer with the outputs of both, which have the same inputs and 1x1 kernels. */
function beside(name: string, one: Layer, other: Layer): Layer {
  const channels = one.channels + other.channels;
  const join = (a: Float32Array, b: Float32Array) =>
    Float32Array.from({ length: a.length + b.length }, (_, i) => {
      const [row, column] = [Math.floor(i / channels), i % channels];
      return (column < one.channels ? a[row * one.channels + column] : b[row * other.channels + column - one.channels]) ?? 0;
    });
  const bias = join(one.bias ?? new Float32Array(one.channels), other.bias ?? new Float32Array(other.channels));
  return { name, kernel: 1, channels, weights: join(one.weights, other.weights), bias };
}

function layersOf(weights: Weights, ...made: readonly Layer[]): Layers {
  const taken = new Map<string, Layer>(made.map((layer) => [layer.name, layer]));
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
