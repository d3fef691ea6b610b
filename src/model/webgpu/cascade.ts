import * as tf from '@tensorflow/tfjs-core';
import type { Contract } from '../cascade/contract';
import { infoOf } from '../cascade/info';
import { unpack } from '../cascade/unpack';
import type { MapDetail, ModelInfo } from '../model-info';
import type { PersonReading, Pixels, PoseModel } from '../pose-model';
import { checkWeights, Weights } from '../weights';
import { cascadeSteps } from './cascade-steps';
import { rowOf } from './decode';
import { cascadeLayers } from './layers-of';
import { Recorded } from './recorded';
import { GPU, type Tiling } from './tile';

/** Batch sizes that are compiled for before they are asked for: that of most frames, and of several people. */
const USUAL_BATCHES = [1, 4];

/** The cascade recorded on a device. TensorFlow.js only unpacks the weights. Owns what it makes on the device until dispose(). */
export class RecordedCascade implements PoseModel {
  readonly info: ModelInfo;
  private readonly contract: Contract;
  private readonly network: Recorded;

  /** Throws a ModelError if the weights are not those of the contract, or not ones that this code has layers for. */
  static async create(contract: Contract, bytes: ArrayBuffer, device: GPUDevice): Promise<RecordedCascade> {
    await checkWeights(contract.weights, bytes);
    const weights = new Weights(contract.weights, bytes);
    try {
      return new RecordedCascade(contract, weights, device);
    } finally {
      weights.dispose();
    }
  }

  private constructor(contract: Contract, weights: Weights, device: GPUDevice) {
    const layers = cascadeLayers(weights);
    const own = weights.take('fine.private', tf.Rank.R2).dataSync<'float32'>();
    const recordingOf = (people: number, tiling: Tiling) => cascadeSteps(contract, layers, own, people, tiling);
    const { steps } = recordingOf(1, GPU); // takes every layer
    weights.finish();
    this.contract = contract;
    this.info = infoOf(contract, steps.reduce((sum, { macs }) => sum + macs, 0) / 1e9);
    this.network = new Recorded(device, contract.input.size, recordingOf);
  }

  compile(onProgress: (done: number, total: number) => void): Promise<void> {
    return this.network.compile(USUAL_BATCHES, onProgress);
  }

  async run(signal: AbortSignal, pixels: Pixels, maps: MapDetail): Promise<PersonReading[]> {
    if (pixels instanceof tf.Tensor) throw new TypeError('crops on a GPU are a canvas');
    const { coarseMaps, fineMaps, length } = rowOf(this.contract);
    const rows = await this.network.run(signal, pixels, { none: coarseMaps, coarse: fineMaps, all: length }[maps]);
    return rows.map((row) => unpack(row, this.contract));
  }

  dispose(): void {
    this.network.dispose();
  }
}
