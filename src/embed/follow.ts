import { EngineError } from '../engine/error';
import { Follower, type FoundPose } from '../engine/follower';
import type { EstimatorClient } from '../engine/protocol';
import { grabFrame, watchFrames } from '../source/frames';

export interface FollowOptions {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** How much the joints are smoothed, 0 (not at all) to 1. */
  readonly smoothing?: number | undefined;
  /** Whether the coarse heat-maps come with each frame. */
  readonly maps?: 'none' | 'coarse' | undefined;
}

export interface FollowedFrame {
  /** undefined: nobody is there. */
  readonly person: FoundPose | undefined;
  /** Size of the frame, pixels. */
  readonly width: number;
  readonly height: number;
  /** When the frame was taken, milliseconds on the clock of performance.now(). */
  readonly time: number;
}

const SMOOTHING = 0.7;

/** Whether a loss is only the frame's: the client starts a lost device again by itself. */
const isPassing = (error: unknown, failed: () => boolean) =>
  error instanceof EngineError && error.code === 'device-lost' && !failed();

/** Runs one action after the other. */
export type InTurn = <T>(action: () => Promise<T>) => Promise<T>;

/**
 * Follows one person through the frames that the video shows, until the signal or the loop's end. One frame is looked at at a time; of those
 * shown meanwhile only the newest is next, and a video at rest gives none. failed: whether the engine is down for good. inTurn: shared by all
 * followers, for of frames that wait the engine keeps only the newest, whoever's it is.
 * Throws an EngineError, or the browser's error where the frame's pixels cannot be had.
 */
export async function* follow(
  client: EstimatorClient,
  failed: () => boolean,
  inTurn: InTurn,
  video: HTMLVideoElement,
  { signal = new AbortController().signal, smoothing = SMOOTHING, maps = 'none' }: FollowOptions = {},
): AsyncGenerator<FollowedFrame, void, undefined> {
  const follower = new Follower();
  const waiting: { captured?: number } = {}; // the newest frame that was not looked at
  let wake = () => {};
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) waiting.captured = performance.now();
  const stopWatching = watchFrames(video, (captured) => {
    waiting.captured = captured;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const { captured } = waiting;
      delete waiting.captured;
      if (captured === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      try {
        yield await inTurn(async () => {
          const frame = await grabFrame(video, captured, false);
          const { width, height } = frame;
          const regions = follower.regions(captured, frame);
          const { people } = await client.estimate(signal, { frame, regions, maps, flipTest: false, transfer: true });
          return { person: follower.take(people[0], captured, { width, height }, smoothing), width, height, time: captured };
        });
      } catch (error) {
        if (!signal.aborted && !isPassing(error, failed)) throw error;
      }
    }
  } finally {
    stopWatching();
    signal.removeEventListener('abort', onAbort);
  }
}
