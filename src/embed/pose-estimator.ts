/** The engine for other people's pages: images in, poses out. */
import { createSerialQueue, type SerialQueue } from '../async/serial-queue';
import type { Backend, CreateEstimator, EstimateResult, Frame, MapDetail, Status } from '../engine/protocol';
import { untilAborted } from '../engine/until-aborted';
import { assertBox, type Box, roiFromBox } from '../pose/roi';
import { type FollowOptions, follow } from './follow';
import { frameOf, type ImageInput } from './image-input';
import { type NetworkChoice, networksOf } from './networks';
import { type FollowedFrame, Tracking, type TrackingOptions } from './tracking';

export interface PoseEstimatorOptions extends NetworkChoice {
  /** Gives up starting. */
  readonly signal?: AbortSignal | undefined;
  /** auto, the default: WebGPU, or WebAssembly where it does not run. */
  readonly backend?: Backend | 'auto' | undefined;
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
  /** The same for the frames of one video that the caller supplies, one call per frame. */
  track(options?: TrackingOptions): PoseTracker;
  /** Frees the worker and its device. */
  dispose(): Promise<void>;
}

/**
 * Uses images in the order of the calls. A file is decoded when its turn comes, for the pixels of many do not fit into memory; whatever shows its
 * pixels already gives them at once, for it may change. use: has to close the bitmap.
 */
function inTurn<T>(queue: SerialQueue, signal: AbortSignal, image: ImageInput, use: (frame: Frame) => Promise<T>): Promise<T> {
  const grabbed = image instanceof Blob ? undefined : frameOf(signal, image);
  grabbed?.catch(() => undefined); // told when its turn comes
  return untilAborted(
    signal,
    queue.run(async () => use(await (grabbed ?? frameOf(signal, image)))),
  );
}

/** create: where the engine runs. Rejects with an EngineError, or the signal's reason. */
export async function startPoseEstimator(
  create: CreateEstimator,
  {
    signal = new AbortController().signal,
    backend = 'auto',
    onStatus = () => undefined,
    onUncapturedError = (message) => console.error(`posecade, GPU: ${message}`),
    ...choice
  }: PoseEstimatorOptions,
): Promise<PoseEstimator> {
  let failed = false;
  const client = await create(signal, {
    backend,
    ...networksOf(choice),
    onStatus: (status) => {
      failed = 'failure' in status;
      onStatus(status);
    },
    onUncapturedError,
  });
  const images = createSerialQueue();
  return {
    estimate: async (image, { signal: stop = new AbortController().signal, boxes, flipTest = false, maps = 'none' } = {}) => {
      boxes?.forEach(assertBox);
      const regions = boxes?.map((box) => ({ roi: roiFromBox(box), refine: false })) ?? 'everybody';
      return inTurn(images, stop, image, async (frame) => {
        const { width, height, bitmap } = frame;
        try {
          // Not moved to the worker: where the device is lost meanwhile, the client sends it again.
          return { ...(await client.estimate(stop, { frame, regions, maps, flipTest, transfer: false })), width, height };
        } finally {
          bitmap.close();
        }
      });
    },
    follow: (video, options) => follow(client, () => failed, video, options),
    track: (options) => {
      const tracking = new Tracking(client, options);
      const frames = createSerialQueue();
      return {
        next: async (image, { time = performance.now(), signal: stop = new AbortController().signal } = {}) =>
          inTurn(frames, stop, image, (frame) => tracking.next(stop, { ...frame, time })),
      };
    },
    dispose: () => client.dispose(),
  };
}
