/**
 * The thread boundary: everything that crosses between the page and the worker is typed here, and nothing else is.
 * Types only. Points that cross are plain { x, y } objects in the space that their type names.
 */
import type { Backend, MapDetail, ModelInfo } from '../model/model-info';
import type { ExpectedRois } from '../pose/followed';
import type { Pose } from '../pose/pose';
import type { CropPoint, Roi } from '../pose/space';
import type { Colour } from '../pose/torso';
import type { DeviceEvent, EngineFailure } from './error';

export type { Backend, MapDetail, MapGeometry, ModelInfo, Stages } from '../model/model-info';
export type { EngineErrorCode, EngineFailure } from './error';

/**
 * One image. width and height are those of the source after EXIF orientation, in which every ImagePoint is measured. The bitmap may be
 * smaller (a huge photograph is reduced when decoded): one bitmap pixel is then width / bitmap.width image pixels.
 */
export interface Frame {
  readonly bitmap: ImageBitmap;
  readonly width: number;
  readonly height: number;
  /** Milliseconds on the source's own clock; 0 for a still image. */
  readonly time: number;
  /** The file is truncated; the bitmap has what could be decoded. */
  readonly incomplete?: boolean;
}

/** The engine is ready: what runs, and why that was chosen ('no WebGPU adapter', 'as requested', ...), as a clause. */
export interface Ready {
  readonly backend: Backend;
  readonly why: string;
  readonly model: ModelInfo;
}

export type Status =
  | { readonly state: 'unsupported'; readonly failure: EngineFailure }
  | { readonly state: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly state: 'compiling'; readonly done: number; readonly total: number }
  | { readonly state: 'ready'; readonly ready: Ready }
  | { readonly state: 'running'; readonly ready: Ready }
  | { readonly state: 'failed'; readonly failure: EngineFailure };

/** A crop for a pass. refine: a second pass on the box around what was found there. */
export interface Region {
  readonly roi: Roi;
  readonly refine: boolean;
}

/** A frame of a video in which some people are already known. */
export interface TrackedRegions extends ExpectedRois {
  /** Whether the detector also looks for others. */
  readonly detect: boolean;
}

/**
 * Which crops get a pass. Regions: one person each. TrackedRegions: the known people, and perhaps others, for a video. 'everybody': all
 * people found by the detector in one pass over the whole image, with a pass for each (pose/everybody.ts); including doubtful ones on request.
 */
export type Regions = readonly Region[] | TrackedRegions | WholeImage;

type WholeImage = 'everybody' | 'everybody-and-doubtful';

export interface EstimateParams {
  readonly frame: Frame;
  readonly regions: Regions;
  readonly maps: MapDetail;
  /**
   * For a still image: whether the last pass also runs on each person's mirror image, and the pose combines both (pose/flip.ts). Maps, coarse
   * and refined joints are those of the unmirrored image.
   */
  readonly flipTest: boolean;
}

export interface PersonResult {
  /** The crop of the last pass, which the maps belong to. */
  readonly roi: Roi;
  /** More likely nobody than somebody; only on request. */
  readonly doubtful?: boolean;
  /** How likely it is that somebody is there, 0..1: from the box and the joints for people found by the detector, otherwise from the joints alone. */
  readonly score: number;
  /** Refined by the fine stage, and by the mirror image if there is a flip test. */
  readonly pose: Pose;
  /** The same joints from the fine stage in the unmirrored image: where the maps peak. */
  readonly refined: Pose;
  /** The same joints from the coarse maps alone, decoded to sub-cell precision. */
  readonly coarse: Pose;
  /** Mean colour of the torso, if it is visible; only in a video. */
  readonly torso?: Colour | undefined;
  /** [19, coarse.size, coarse.size] probabilities, row-major; each map sums to P(present). */
  readonly coarseMaps?: Float32Array;
  /** [19, fine.size, fine.size] probabilities, row-major; each map sums to 1. */
  readonly fineMaps?: Float32Array;
  /** Where cell (0, 0) of each joint's fine map begins. */
  readonly fineOrigins?: readonly CropPoint[];
}

/** crop: pixels cut and resampled. network: from there to the end of the read-back. total: the whole call. */
export type Step = 'crop' | 'network' | 'total';

export interface EstimateResult {
  /** In the order of the regions, then the detected people; for a whole image: highest score first. */
  readonly people: readonly PersonResult[];
  /** How many more people the detector found in a frame of a video than can be followed; undefined: it did not run. */
  readonly tooMany?: number;
  /** Milliseconds, summed over all passes. */
  readonly timings: Readonly<Record<Step, number>>;
  readonly backend: Backend;
}

/** Progress of the search of an image that takes more than one batch of passes: a crowd, or a flip test. */
export interface Progress {
  /** The likely people so far; later passes may move their joints, or make them less likely than others. Without maps. */
  readonly people: readonly PersonResult[];
  /** Crops that have had their pass, and how many there are at most. */
  readonly done: number;
  readonly total: number;
}

export interface InitParams {
  /** auto: webgpu on a GPU, otherwise wasm. webgpu: on a software adapter, too; wasm if it does not run at all. */
  readonly backend: Backend | 'auto';
  /** Why this backend, as a clause. Default: as requested. */
  readonly why?: string | undefined;
  readonly model: NetworkUrls;
  readonly detector: NetworkUrls;
}

/** Where a network's files are: absolute addresses. */
export interface NetworkUrls {
  /** Of contract.json. */
  readonly contract: string;
  /** Default: beside the contract, under the name given there. For bundlers, which give files unrelated addresses. */
  readonly weights?: string;
}

/** Every request and its answer. */
export interface Requests {
  init: { params: InitParams; result: Ready };
  estimate: { params: EstimateParams; result: EstimateResult };
  /** Aborts the request with that id, which is then answered with 'aborted'. */
  abort: { params: { readonly id: number }; result: null };
  dispose: { params: null; result: null };
}

export type RequestType = keyof Requests;

/** Page to worker. */
export type RequestMessage = {
  [K in RequestType]: { readonly type: K; readonly id: number; readonly params: Requests[K]['params'] };
}[RequestType];

/** Worker to page: the answer to a request. */
export type ResponseMessage =
  | {
      [K in RequestType]: { readonly type: K; readonly id: number; readonly result: Requests[K]['result'] };
    }[RequestType]
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress } // its answer is still to come
  | { readonly type: 'aborted'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly failure: EngineFailure };

/** Worker to page: not in answer to a request. */
export type EventMessage =
  | { readonly type: 'loading'; readonly loaded: number; readonly total: number }
  | { readonly type: 'compiling'; readonly done: number; readonly total: number }
  | DeviceEvent;

export interface EstimatorOptions extends InitParams {
  /** Called on every change, first with 'loading'; after dispose() never again. */
  readonly onStatus: (status: Status) => void;
  readonly onUncapturedError: (message: string) => void;
}

export interface EstimateRequest extends EstimateParams {
  /** true: the bitmap is transferred to the worker, which closes it. false: it is copied, and stays the caller's. */
  readonly transfer: boolean;
  /** Called before the answer comes, if it takes more than one batch of passes. */
  readonly onProgress?: (progress: Progress) => void;
}

/** The interface that app/ uses; engine/client.ts creates the real one. Failures reject with an EngineError, aborts with signal.reason. */
export interface EstimatorClient {
  /**
   * Runs one image at a time: a call while another runs is queued. Callers whose frames come faster keep only the newest
   * (engine/newest.ts).
   */
  estimate(signal: AbortSignal, request: EstimateRequest): Promise<EstimateResult>;
  dispose(): Promise<void>;
}

/** Resolves when the engine is ready for its first image. */
export type CreateEstimator = (signal: AbortSignal, options: EstimatorOptions) => Promise<EstimatorClient>;
