import * as tf from '@tensorflow/tfjs-core';
import { type Detection, detections } from '../../pose/detection';
import { upAdd } from '../add';
import { conv, type Layer, residual, sequence, unit } from '../layers';
import { withTensor } from '../pixels';
import type { Pixels } from '../pose-model';
import { normalise } from '../preprocess';
import { checkWeights, Weights } from '../weights';
import type { DetectorContract } from './contract';
import type { DetectorModel } from './detector-model';

/** Down to a quarter of the resolution and back, with skips: the path that sees whole people (training/posecade/detector/model.py). */
function neck(weights: Weights): Layer {
  const down1 = sequence(weights, 'neck.down1');
  const down2 = sequence(weights, 'neck.down2');
  const up2 = unit(weights, 'neck.up2');
  const mix1 = residual(weights, 'neck.mix1');
  const up1 = unit(weights, 'neck.up1');
  const mix0 = residual(weights, 'neck.mix0');
  return (x) => {
    const half = down1(x);
    return mix0(upAdd(x, up1(mix1(upAdd(half, up2(down2(half)))))));
  };
}

/** The network on the current backend: an image -> for each cell how likely it is somebody's centre, and the sides of the box. */
function layers(weights: Weights): Layer {
  const trunk = [sequence(weights, 'bank.early'), sequence(weights, 'bank.late'), neck(weights), unit(weights, 'head')];
  const heads = [conv(weights, 'centre'), conv(weights, 'sides')];
  return (x) => {
    const seen = trunk.reduce((y, layer) => layer(y), x);
    return tf.concat(
      heads.map((head) => head(seen)),
      3,
    );
  };
}

/** The detector in TensorFlow.js, on its current backend. Owns its weights until dispose(). */
export class Detector implements DetectorModel {
  readonly contract: DetectorContract;
  private readonly weights: Weights;
  private readonly network: Layer;

  /** Throws a ModelError if the weights are not those of the contract, or not ones that this code has layers for. */
  static async create(contract: DetectorContract, bytes: ArrayBuffer): Promise<Detector> {
    await checkWeights(contract.weights, bytes);
    const weights = new Weights(contract.weights, bytes);
    try {
      return new Detector(contract, weights);
    } catch (error) {
      weights.dispose();
      throw error;
    }
  }

  private constructor(contract: DetectorContract, weights: Weights) {
    this.contract = contract;
    this.weights = weights;
    this.network = layers(weights);
    weights.finish();
  }

  /**
   * pixels: 0..255 [images, size, size, 3]; stays the caller's. Returns [images, cells, cells, 5], still on the device; the caller's: the
   * centre's logit, and the logarithms of the distances from the cell's centre to the box's left, top, right and bottom side, in strides.
   */
  graph(pixels: tf.Tensor4D): tf.Tensor4D {
    this.weights.people = pixels.shape[0];
    return tf.tidy(() => this.network(normalise(pixels, this.contract.input)));
  }

  /** TensorFlow.js compiles as it runs. */
  compile(): Promise<void> {
    return Promise.resolve();
  }

  async run(signal: AbortSignal, pixels: Pixels, minScore: number): Promise<Detection[][]> {
    signal.throwIfAborted();
    const maps = withTensor(pixels, this.contract.input.size, (images) => this.graph(images));
    try {
      const values = await maps.data<'float32'>();
      signal.throwIfAborted();
      const [images] = maps.shape;
      const length = values.length / images;
      const { map, confidence } = this.contract;
      return Array.from({ length: images }, (_, i) =>
        detections(values.subarray(i * length, (i + 1) * length), map, confidence, minScore),
      );
    } finally {
      maps.dispose();
    }
  }

  /** Multiply-accumulates for one image in the last run, by layer. */
  get macs(): ReadonlyMap<string, number> {
    return this.weights.macs;
  }

  dispose(): void {
    this.weights.dispose();
  }
}
