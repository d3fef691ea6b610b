/** What every network that finds joints has in common, whatever its architecture: the engine and the command line know no more of it. */
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
  /** Where the coarse maps alone have it; without a coarse stage the same. */
  readonly coarse: CropPoint;
  /** Probability that there is such a joint near the peak of its coarse map: the mass of the window round it. */
  readonly presence: number;
  /** Probability that it is where `fine` says. */
  readonly score: number;
}

/** The person in a crop. */
export interface PersonReading {
  /** In the order of JOINTS. */
  readonly joints: readonly JointReading[];
  /** What the crop as a whole says, if the model has a head for that. */
  readonly verdict?: Verdict;
  /** What the crop looks like, if the model says so. */
  readonly colours?: ColourMap;
  /** [joints, cells, cells] probabilities, row-major, if asked for and if the model has any. */
  readonly coarseMaps?: Float32Array;
  readonly fineMaps?: Float32Array;
  /** With fineMaps: where cell (0, 0) of each joint's begins. */
  readonly fineOrigins?: readonly CropPoint[];
}

/** A network, with its weights, until dispose(). */
export interface PoseModel {
  readonly info: ModelInfo;
  /** Compiles shaders of its own, if it has any, before the first run has to wait for them. Rejects if one does not compile. */
  compile(onProgress: OnCompiled): Promise<void>;
  /**
   * The person in each crop of a batch, in its order. pixels stay the caller's. Rejects with the signal's reason when aborted; nothing stays
   * behind in any case.
   */
  run(signal: AbortSignal, pixels: Pixels, maps: MapDetail): Promise<PersonReading[]>;
  dispose(): void;
}

/** A model whose contract was read, and whose weights are yet to come. */
export interface PoseModelSpec {
  readonly weights: WeightsFile;
  /** Compiles the shaders of the usual batches before the weights are there. Rejects if one does not compile. */
  compile(gpu: WebGpu): Promise<void>;
  /**
   * On the GPU, if one is given; else on TensorFlow.js's current backend. Rejects with a ModelError if the bytes are not those of the
   * contract, or not ones that the code has layers for.
   */
  create(bytes: ArrayBuffer, gpu?: WebGpu): Promise<PoseModel>;
}

/** A kind of network that this code can run. */
export interface Architecture {
  /** What contract.json has as its `format`. */
  readonly format: string;
  /** Throws a ModelError 'contract-mismatch' that says what the code cannot run. */
  read(contract: unknown): PoseModelSpec;
}
