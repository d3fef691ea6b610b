/** The engine for other people's pages: images in, poses out. */
import { MODELS, type ModelName, modelFolder } from '../engine/models';
import type { Backend, CreateEstimator, EstimateResult, MapDetail, Status } from '../engine/protocol';
import { type Box, roiFromBox } from '../pose/roi';
import { OWN_FOLDER } from './engine-worker';
import { type FollowOptions, follow } from './follow';
import { frameOf, type ImageInput } from './image-input';
import { type FollowedFrame, Tracking, type TrackingOptions } from './tracking';

export interface PoseEstimatorOptions {
  /** Gives up starting. */
  readonly signal?: AbortSignal | undefined;
  /** auto, the default: WebGPU, or WebAssembly where it does not run. */
  readonly backend?: Backend | 'auto' | undefined;
  /** Which of the weights that ship beside this module. Default: the first of MODELS. */
  readonly model?: ModelName | undefined;
  /** In place of `model`: address of the folder with contract.json and the weights, of the page's own if relative. */
  readonly modelUrl?: string | URL | undefined;
  /** The same of the detector, which finds people in images without boxes. Default: detector/ beside the model's folder. */
  readonly detectorUrl?: string | URL | undefined;
  /** Called on every change: bytes that are loaded, shaders that are compiled, which backend runs, a device that was lost. */
  readonly onStatus?: ((status: Status) => void) | undefined;
  /** GPU errors that reached no promise. Default: the console has them. */
  readonly onUncapturedError?: ((message: string) => void) | undefined;
}

export interface EstimateOptions {
  /** Gives up; the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** One person each, pixels of the image. Default: everybody who is found. */
  readonly boxes?: readonly Box[] | undefined;
  /** A second pass on each person's mirror image: slower, and more accurate. Default: false. */
  readonly flipTest?: boolean | undefined;
  /** Which heat-maps come back. Default: none. */
  readonly maps?: MapDetail | undefined;
}

/** people: in the order of the boxes; without boxes the surest first. */
export interface Estimate extends EstimateResult {
  /** Size of the image that the joints count in, pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PoseTracker {
  /**
   * Everybody in the next frame, taken at `time`, milliseconds on any clock that runs forward. Default: now. Rejects with a SourceError, an
   * EngineError, or the signal's reason.
   */
  next(image: ImageInput, options?: { readonly time?: number; readonly signal?: AbortSignal }): Promise<FollowedFrame>;
}

export interface PoseEstimator {
  /** The poses of the people in an image, one image at a time in the order of the calls. Rejects with a SourceError (no image), an EngineError, or the signal's reason. */
  estimate(image: ImageInput, options?: EstimateOptions): Promise<Estimate>;
  /**
   * Everybody through the frames that a video or camera shows: for await (const { people } of estimator.follow(video)) ...
   * One frame at a time, and then the newest. Ends with the loop or the signal; throws an EngineError.
   */
  follow(video: HTMLVideoElement, options?: FollowOptions): AsyncGenerator<FollowedFrame, void, undefined>;
  /** Likewise through frames that the caller has, of one video, a call each. */
  track(options?: TrackingOptions): PoseTracker;
  /** Frees the worker and its device. */
  dispose(): Promise<void>;
}

/** With the slash that a folder's address ends with. */
const folderOf = (url: string | URL) =>
  new URL(`${url}`.replace(/\/?$/, '/'), typeof document === 'undefined' ? location.href : document.baseURI).href;

/** Throws a RangeError for a box that is none: its crop would be no crop. */
function assertBox({ x, y, width, height }: Box): void {
  if ([x, y, width, height].every(Number.isFinite) && width > 0 && height > 0) return;
  throw new RangeError(`a box needs finite numbers and a size: ${JSON.stringify({ x, y, width, height })}`);
}

/** create: where the engine runs. Rejects with an EngineError, or the signal's reason. */
export async function startPoseEstimator(
  create: CreateEstimator,
  {
    signal = new AbortController().signal,
    backend = 'auto',
    model = MODELS[0],
    modelUrl = OWN_FOLDER + modelFolder(model),
    detectorUrl = new URL('../detector/', folderOf(modelUrl)),
    onStatus = () => undefined,
    onUncapturedError = (message) => console.error(`posecade, GPU: ${message}`),
  }: PoseEstimatorOptions,
): Promise<PoseEstimator> {
  let failed = false;
  const client = await create(signal, {
    backend,
    modelUrl: folderOf(modelUrl),
    detectorUrl: folderOf(detectorUrl),
    onStatus: (status) => {
      failed = 'failure' in status;
      onStatus(status);
    },
    onUncapturedError,
  });
  return {
    estimate: async (image, { signal: stop = new AbortController().signal, boxes, flipTest = false, maps = 'none' } = {}) => {
      boxes?.forEach(assertBox);
      const frame = await frameOf(stop, image);
      const { width, height, bitmap } = frame;
      const regions = boxes?.map((box) => ({ roi: roiFromBox(box), refine: false })) ?? 'everybody';
      try {
        // Not moved to the worker: where the device is lost meanwhile, the client sends it again.
        return { ...(await client.estimate(stop, { frame, regions, maps, flipTest, transfer: false })), width, height };
      } finally {
        bitmap.close();
      }
    },
    follow: (video, options) => follow(client, () => failed, video, options),
    track: (options) => {
      const tracking = new Tracking(client, options);
      return {
        next: async (image, { time = performance.now(), signal: stop = new AbortController().signal } = {}) =>
          tracking.next(stop, { ...(await frameOf(stop, image)), time }),
      };
    },
    dispose: () => client.dispose(),
  };
}
