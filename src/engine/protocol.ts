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
 * One image. width and height are those of the source after EXIF orientation, and every ImagePoint counts in them. The bitmap may be
 * smaller (a huge photograph is reduced when decoded): one bitmap pixel is then width / bitmap.width image pixels.
 */
export interface Frame {
  readonly bitmap: ImageBitmap;
  readonly width: number;
  readonly height: number;
  /** Milliseconds on the source's own clock; 0 for a still image. */
  readonly time: number;
  /** The file lacks its end; what could be decoded is here. */
  readonly incomplete?: boolean;
}

/** The engine is up: what runs, and why that and not another ('no adapter', 'asked for in the address', ...), as a clause. */
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

/** A frame of a video in which people are known already. */
export interface TrackedRegions extends ExpectedRois {
  /** Whether the detector looks for others, too. */
  readonly detect: boolean;
}

/**
 * Which crops get a pass. Regions: one person each. TrackedRegions: those who are known, and perhaps others, for a video. 'everybody': whoever the
 * detector finds in one pass over the whole image, and a pass for each (pose/everybody.ts); with those who are doubtful, if they are asked for.
 */
export type Regions = readonly Region[] | TrackedRegions | WholeImage;

export type WholeImage = 'everybody' | 'everybody-and-doubtful';

export interface EstimateParams {
  readonly frame: Frame;
  readonly regions: Regions;
  readonly maps: MapDetail;
  /**
   * Of a still image: whether the last pass runs on each person's mirror image, too, and the pose is what both say (pose/flip.ts). Maps, coarse and
   * refined joints are those of the image as it is.
   */
  readonly flipTest: boolean;
}

export interface PersonResult {
  /** The crop of the last pass, which the maps belong to. */
  readonly roi: Roi;
  /** More likely nobody than somebody; only where they are asked for. */
  readonly doubtful?: boolean;
  /** How likely somebody is there, 0..1: from the box and the joints for people whom the detector found, otherwise from the joints alone. */
  readonly score: number;
  /** Refined by the fine stage, and by the mirror image where there is a flip test. */
  readonly pose: Pose;
  /** The same joints as the fine stage has them in the image as it is: where the maps peak. */
  readonly refined: Pose;
  /** The same joints as the coarse maps alone have them, decoded to sub-cell precision. */
  readonly coarse: Pose;
  /** Mean colour of the torso, where it is seen; in a video only. */
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
  /** In the order of the regions, then whoever was detected; of a whole image: the surest first. */
  readonly people: readonly PersonResult[];
  /** How many others the detector found in a frame of a video who are too many to be followed; undefined: it did not run. */
  readonly tooMany?: number;
  /** Milliseconds, summed over all passes. */
  readonly timings: Readonly<Record<Step, number>>;
  readonly backend: Backend;
}

/** How far the search of an image has come whose people take more than one pass: a crowd, or a flip test. */
export interface Progress {
  /** Who is likely so far; what is still to come may move their joints, or make them less likely than others. Without maps. */
  readonly people: readonly PersonResult[];
  /** Crops that had their pass, and how many there are at most. */
  readonly done: number;
  readonly total: number;
}

export interface InitParams {
  /** auto: webgpu on a GPU, else wasm. webgpu: on a software adapter, too; wasm where it does not run at all. */
  readonly backend: Backend | 'auto';
  readonly model: NetworkUrls;
  readonly detector: NetworkUrls;
}

/** Where a network's files are: absolute addresses. */
export interface NetworkUrls {
  /** Of contract.json. */
  readonly contract: string;
  /** Default: beside the contract, under the name that it gives. Bundlers give files addresses that have nothing in common. */
  readonly weights?: string;
}

/** Every request with its answer. */
export interface Requests {
  init: { params: InitParams; result: Ready };
  estimate: { params: EstimateParams; result: EstimateResult };
  /** Gives up the request of that id, which then answers with 'aborted'. */
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

/** Worker to page: what nobody asked for. */
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
  /** true: the bitmap moves to the worker, which closes it. false: it is copied, and stays the caller's. */
  readonly transfer: boolean;
  /** Called before the answer comes, where it takes more than one pass. */
  readonly onProgress?: (progress: Progress) => void;
}

/** What app/ codes against; engine/client.ts is the real one. Failures reject with an EngineError, aborts with signal.reason. */
export interface EstimatorClient {
  /**
   * One at a time: a call while another runs waits for its turn. Whoever has frames faster than that keeps only the newest
   * (engine/newest.ts).
   */
  estimate(signal: AbortSignal, request: EstimateRequest): Promise<EstimateResult>;
  dispose(): Promise<void>;
}

/** Resolves when the engine is ready for its first image. */
export type CreateEstimator = (signal: AbortSignal, options: EstimatorOptions) => Promise<EstimatorClient>;
