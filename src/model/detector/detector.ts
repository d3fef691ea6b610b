import { type Detection, detectionInImage, detections } from '../../pose/detection';
import { MIN_BOX_SCORE } from '../../pose/everybody';
import { type Size, wholeFrameRoi } from '../../pose/roi';
import type { Network, OnCompiled, Pixels } from '../network';
import { compileFor, type Definition, type OpenNetwork, openNetwork } from '../open-network';
import { normalise } from '../tfjs/preprocess';
import type { WebGpu } from '../webgpu/gpu';
import type { DetectorContract } from './contract';
import { detectorLayers, joinHeads } from './layers';
import { detectorRecording } from './recording';

/** Batch sizes for which shaders are compiled in advance. */
const USUAL_BATCHES = [1];

const definitionOf = (contract: DetectorContract): Definition => ({
  weights: contract.weights,
  size: contract.input.size,
  fold: joinHeads,
  recording: (weights) => detectorRecording(contract, weights),
  graph: (blocks, pixels) => [detectorLayers(blocks, normalise(pixels, contract.input))],
});

/** Finds everybody's box in one pass over the whole image. Owns its network until dispose(). */
export class Detector {
  readonly contract: DetectorContract;
  /** Multiply-accumulates for one image, by layer. */
  readonly macs: ReadonlyMap<string, number>;
  private readonly network: Network;

  /** Compiles the shaders before the weights have loaded. Rejects if one does not compile. */
  static compile(contract: DetectorContract, gpu: WebGpu): Promise<void> {
    return compileFor(definitionOf(contract), gpu, USUAL_BATCHES);
  }

  /** gpu: as in openNetwork. Rejects with a ModelError if the bytes do not match the contract or do not fit the layers. */
  static async create(contract: DetectorContract, bytes: ArrayBuffer, gpu?: WebGpu): Promise<Detector> {
    return new Detector(contract, await openNetwork(definitionOf(contract), bytes, gpu));
  }

  private constructor(contract: DetectorContract, open: OpenNetwork) {
    this.contract = contract;
    this.network = open.network;
    this.macs = open.macs;
  }

  /** Compiles shaders, if there are any, ahead of the first run. Rejects if one does not compile. */
  compile(onProgress: OnCompiled): Promise<void> {
    return this.network.compile(USUAL_BATCHES, onProgress);
  }

  /** The layers' output for each image [cells, cells, channels]; on WebGPU the five channels are padded to eight. Rejects as run() does. */
  maps(signal: AbortSignal, pixels: Pixels): Promise<Float32Array[]> {
    return this.network.run(signal, pixels);
  }

  /**
   * The people in each image of a batch with at least `minScore`, best first; boxes are in pixels of the input and may extend beyond it. The
   * caller still owns pixels. Rejects with the signal's reason when aborted; leaks nothing in any case.
   */
  async run(signal: AbortSignal, pixels: Pixels, minScore: number): Promise<Detection[][]> {
    const { map, confidence } = this.contract;
    return (await this.maps(signal, pixels)).map((maps) => detections(maps, map, confidence, minScore));
  }

  /**
   * Everybody in one image who is worth a pass of the pose network, best first. pixels: the square around the image (wholeFrameRoi), at the size
   * of the input. image: its size; the boxes are in pixels of an image of that size, and clipped to it. Rejects as run() does.
   */
  async detect(signal: AbortSignal, pixels: Pixels, image: Size): Promise<Detection[]> {
    const [found = []] = await this.run(signal, pixels, MIN_BOX_SCORE);
    return found.map((one) => detectionInImage(one, wholeFrameRoi(image), this.contract.input.size, image));
  }

  dispose(): void {
    this.network.dispose();
  }
}
