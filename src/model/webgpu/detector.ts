import * as tf from '@tensorflow/tfjs-core';
import { type Detection, detections } from '../../pose/detection';
import type { DetectorContract } from '../detector/contract';
import type { DetectorModel } from '../detector/detector-model';
import type { Pixels } from '../pose-model';
import { checkWeights, Weights } from '../weights';
import { detectorSteps } from './detector-steps';
import { detectorLayers } from './layers-of';
import { Recorded } from './recorded';
import { GPU, type Tiling } from './tile';

/** The detector recorded on a device. TensorFlow.js only unpacks the weights. Owns what it makes on the device until dispose(). */
export class RecordedDetector implements DetectorModel {
  readonly contract: DetectorContract;
  private readonly network: Recorded;

  /** Throws a ModelError if the weights are not those of the contract, or not ones that this code has layers for. */
  static async create(contract: DetectorContract, bytes: ArrayBuffer, device: GPUDevice): Promise<RecordedDetector> {
    await checkWeights(contract.weights, bytes);
    const weights = new Weights(contract.weights, bytes);
    try {
      return new RecordedDetector(contract, weights, device);
    } finally {
      weights.dispose();
    }
  }

  private constructor(contract: DetectorContract, weights: Weights, device: GPUDevice) {
    const layers = detectorLayers(weights);
    const recordingOf = (images: number, tiling: Tiling) => detectorSteps(contract, layers, images, tiling);
    recordingOf(1, GPU); // takes every layer
    weights.finish();
    this.contract = contract;
    this.network = new Recorded(device, contract.input.size, recordingOf);
  }

  compile(onProgress: (done: number, total: number) => void): Promise<void> {
    return this.network.compile([1], onProgress);
  }

  async run(signal: AbortSignal, pixels: Pixels, minScore: number): Promise<Detection[][]> {
    if (pixels instanceof tf.Tensor) throw new TypeError('images on a GPU are a canvas');
    const { map, confidence } = this.contract;
    return (await this.network.run(signal, pixels)).map((maps) => detections(maps, map, confidence, minScore));
  }

  dispose(): void {
    this.network.dispose();
  }
}
