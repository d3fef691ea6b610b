/** The engine for embedding in other pages: images in, poses out. */
import { createSerialQueue, type SerialQueue } from '../async/serial-queue';
import { untilAborted } from '../async/until-aborted';
import type { Backend, CreateEstimator, EstimateResult, Frame, MapDetail, Status } from '../engine/protocol';
import { assertBox, type Box, roiFromBox } from '../pose/roi';
import { type FollowOptions, follow } from './follow';
import { frameOf, type ImageInput } from './image-input';
import { type NetworkChoice, networksOf } from './networks';
import { type FollowedFrame, Tracking, type TrackingOptions } from './tracking';

export interface PoseEstimatorOptions extends NetworkChoice {
  /** Aborts the start. */
  readonly signal?: AbortSignal | undefined;
  /** auto, the default: WebGPU on a GPU, otherwise WebAssembly. webgpu: on a software adapter, too; WebAssembly if it does not run at all. */
  readonly backend?: Backend | 'auto' | undefined;
  /** Called on every change: bytes loaded, shaders compiled, which backend runs, the loss of the device. */
  readonly onStatus?: ((status: Status) => void) | undefined;
  /** Called with GPU errors that no promise reports. Default: logs them to the console. */
  readonly onUncapturedError?: ((message: string) => void) | undefined;
}

export interface EstimateOptions {
  /** Cancels the estimate; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** One box per person, in pixels of the image. Default: finds everybody. */
  readonly boxes?: readonly Box[] | undefined;
  /** Runs a second pass on each person's mirror image: slower, but more accurate. Default: false. */
  readonly flipTest?: boolean | undefined;
  /** Which heat maps to return. Default: none. */
  readonly maps?: MapDetail | undefined;
}

/** people: in the order of the boxes; without boxes, highest scores first. */
export interface Estimate extends EstimateResult {
  /** Size of the image that the joint positions refer to, pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PoseTracker {
  /**
   * Follows everybody into the next frame, taken at `time`: milliseconds on any clock that runs forward. Default: now. Rejects with a
   * SourceError, an EngineError or the signal's reason.
   */
  next(
    image: ImageInput,
    options?: { readonly time?: number | undefined; readonly signal?: AbortSignal | undefined },
  ): Promise<FollowedFrame>;
  /** Call before a frame that does not continue the previous ones, such as after a seek: everybody in it gets a new id. time: as for next(). */
  restart(time?: number): void;
}

export interface PoseEstimator {
  /**
   * Finds the poses of the people in an image. Processes one image at a time, in the order of the calls. Rejects with a SourceError (not an
   * image), an EngineError or the signal's reason.
   */
  estimate(image: ImageInput, options?: EstimateOptions): Promise<Estimate>;
  /**
   * Follows everybody through the frames of a video or camera: for await (const { people } of estimator.follow(video)) ...
   * Processes one frame at a time, then the newest. Ends when the loop ends or the signal aborts; throws an EngineError.
   */
  follow(video: HTMLVideoElement, options?: FollowOptions): AsyncGenerator<FollowedFrame, void, undefined>;
  /** The same for the frames of one video that the caller supplies, one call per frame. */
  track(options?: TrackingOptions): PoseTracker;
  /** Frees the worker and its device. */
  dispose(): Promise<void>;
}

/**
 * Processes images in the order of the calls. A file is decoded when its turn comes, because the pixels of many do not fit into memory; anything
 * that already has pixels is captured immediately, because it may change. use: must close the bitmap.
 */
function inTurn<T>(queue: SerialQueue, signal: AbortSignal, image: ImageInput, use: (frame: Frame) => Promise<T>): Promise<T> {
  const grabbed = image instanceof Blob ? undefined : frameOf(signal, image);
  grabbed?.catch(() => undefined); // reported when its turn comes
  return untilAborted(
    signal,
    queue.run(async () => use(await (grabbed ?? frameOf(signal, image)))),
  );
}

/** create: determines where the engine runs. Rejects with an EngineError or the signal's reason. */
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
          // Not transferred to the worker: if the device is lost meanwhile, the client sends it again.
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
          inTurn(frames, stop, image, (frame) =>
            tracking.next(stop, { ...frame, time }, { transfer: false }).finally(() => frame.bitmap.close()),
          ),
        restart: (time = performance.now()) => void frames.run(async () => tracking.restart(time)),
      };
    },
    dispose: () => client.dispose(),
  };
}
