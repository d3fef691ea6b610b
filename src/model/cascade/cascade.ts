import * as tf from '@tensorflow/tfjs-core';
import type { MapDetail, ModelInfo } from '../model-info';
import { withTensor } from '../pixels';
import type { Architecture, PersonReading, Pixels, PoseModel } from '../pose-model';
import { normalise } from '../preprocess';
import { RecordedCascade } from '../webgpu/cascade';
import { checkWeights, Weights } from '../weights';
import { type CoarseFeatures, coarseStage } from './coarse';
import { type Contract, checkContract, FORMAT } from './contract';
import { coarseDecoder, fineDecoder, pack } from './decode';
import { type FineStage, fineStage } from './fine';
import { infoOf } from './info';
import { unpack } from './unpack';

/**
 * The whole network on the current backend: pixels -> coarse maps -> peaks -> crops -> fine maps -> joints, as one graph with one
 * read-back. Owns its weights until dispose().
 */
export class Cascade implements PoseModel {
  readonly contract: Contract;
  private readonly weights: Weights;
  private readonly coarse: (image: tf.Tensor4D) => CoarseFeatures;
  private readonly fine: FineStage;
  private readonly decodeCoarse: ReturnType<typeof coarseDecoder>;
  private readonly decodeFine: ReturnType<typeof fineDecoder>;

  /** Throws a ModelError if the weights are not those of the contract, or not ones that this code has layers for. */
  static async create(contract: Contract, bytes: ArrayBuffer): Promise<Cascade> {
    await checkWeights(contract.weights, bytes);
    const weights = new Weights(contract.weights, bytes);
    try {
      return new Cascade(contract, weights);
    } catch (error) {
      weights.dispose();
      throw error;
    }
  }

  private constructor(contract: Contract, weights: Weights) {
    this.contract = contract;
    this.weights = weights;
    this.coarse = coarseStage(weights);
    this.fine = fineStage(weights, contract);
    this.decodeCoarse = coarseDecoder(weights, contract);
    this.decodeFine = fineDecoder(weights, contract);
    weights.finish();
  }

  /** pixels: 0..255 [people, size, size, 3]; stays the caller's. Returns the packed read-back, still on the device; the caller's. */
  graph(pixels: tf.Tensor4D, maps: MapDetail): tf.Tensor2D {
    const [people] = pixels.shape;
    this.weights.people = people;
    return tf.tidy(() => {
      const features = this.coarse(normalise(pixels, this.contract.input));
      const coarse = this.decodeCoarse(features.logits);
      const fine = this.decodeFine(this.fine({ ...features, ...coarse }));
      return pack(people, coarse, fine, maps);
    });
  }

  /** TensorFlow.js compiles as it runs. */
  compile(): Promise<void> {
    return Promise.resolve();
  }

  /** People in the order of the batch. Rejects with the signal's reason when aborted; nothing stays behind in any case. */
  async run(signal: AbortSignal, pixels: Pixels, maps: MapDetail): Promise<PersonReading[]> {
    signal.throwIfAborted();
    const packed = withTensor(pixels, this.contract.input.size, (crops) => this.graph(crops, maps));
    try {
      const [people, length] = packed.shape;
      const values = await packed.data<'float32'>();
      signal.throwIfAborted();
      return Array.from({ length: people }, (_, i) => unpack(values.subarray(i * length, (i + 1) * length), this.contract));
    } finally {
      packed.dispose();
    }
  }

  get info(): ModelInfo {
    return infoOf(this.contract, [...this.macs.values()].reduce((sum, macs) => sum + macs, 0) / 1e9);
  }

  /** Multiply-accumulates for one person in the last run, by layer. */
  get macs(): ReadonlyMap<string, number> {
    return this.weights.macs;
  }

  dispose(): void {
    this.weights.dispose();
  }
}

/** The coarse-to-fine cascade of heat-maps. */
export const CASCADE: Architecture = {
  format: FORMAT,
  read(json) {
    const contract = checkContract(json);
    return {
      weights: contract.weights,
      create: (bytes, device) => (device ? RecordedCascade.create(contract, bytes, device) : Cascade.create(contract, bytes)),
    };
  },
};
