/** What every network that finds joints has in common, whatever its architecture: all that the engine and the command line know about it. */
import type { ColourMap } from '../pose/colours';
import type { Verdict } from '../pose/everybody';
import type { CropPoint } from '../pose/space';
import type { MapDetail, ModelInfo } from './model-info';
import type { OnCompiled, Pixels } from './network';
import type { WebGpu } from './webgpu/gpu';
import type { WeightsFile } from './weights';

/** One joint; positions in pixels of the input. */
export interface JointReading {
  /** Where the joint is. */
  readonly fine: CropPoint;
  /** Where the coarse maps alone put it; without a coarse stage, the same. */
  readonly coarse: CropPoint;
  /** Probability that there is such a joint near the peak of its coarse map: the mass of the window around it. */
  readonly presence: number;
  /** Probability that it is where `fine` says. */
  readonly score: number;
}

/** The person in a crop. */
export interface PersonReading {
  /** In the order of JOINTS. */
  readonly joints: readonly JointReading[];
  /** The verdict on the crop as a whole, if the model has a head for that. */
  readonly verdict?: Verdict;
  /** Colours of the crop, if the model reports them. */
  readonly colours?: ColourMap;
  /** [joints, cells, cells] probabilities, row-major, if requested and if the model has any. */
  readonly coarseMaps?: Float32Array;
  readonly fineMaps?: Float32Array;
  /** With fineMaps: where cell (0, 0) of each joint's map begins. */
  readonly fineOrigins?: readonly CropPoint[];
}

/** Maximum number of crops in a run: the buffers for more would take hundreds of megabytes. */
export const BATCH = 16;

/** A network with its weights, usable until dispose(). */
export interface PoseModel {
  readonly info: ModelInfo;
  /** Compiles its own shaders, if it has any, ahead of the first run. Rejects if one does not compile. */
  compile(onProgress: OnCompiled): Promise<void>;
  /**
   * The person in each crop of a batch, in the batch's order. The caller still owns pixels. Rejects with the signal's reason when aborted; leaks
   * nothing in any case.
   */
  run(signal: AbortSignal, pixels: Pixels, maps: MapDetail): Promise<PersonReading[]>;
  dispose(): void;
}

/** A model whose contract has been read, but whose weights have not. */
export interface PoseModelSpec {
  readonly weights: WeightsFile;
  /** Compiles the shaders of the usual batch sizes before the weights have loaded. Rejects if one does not compile. */
  compile(gpu: WebGpu): Promise<void>;
  /**
   * Opens the model on the GPU, if one is given; else on TensorFlow.js's current backend. Rejects with a ModelError if the bytes do not match
   * the contract or the layers in the code.
   */
  create(bytes: ArrayBuffer, gpu?: WebGpu): Promise<PoseModel>;
}

/** A kind of network that this code can run. */
export interface Architecture {
  /** The `format` in its contract.json. */
  readonly format: string;
  /** Throws a ModelError 'contract-mismatch' that says what the code cannot run. */
  read(contract: unknown): PoseModelSpec;
}
