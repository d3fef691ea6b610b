import { EngineError } from '../engine/error';
import { type FollowedPerson, Follower } from '../engine/follower';
import { Newest } from '../engine/newest';
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
  /** Everybody who is there, in the order of their ids. */
  readonly people: readonly FollowedPerson[];
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

/**
 * Follows everybody through the frames that the video shows, until the signal or the loop's end: one frame at a time and then the newest; a
 * paused video gives none. failed: whether the engine is down for good.
 * Throws an EngineError, or the browser's error where the frame's pixels cannot be had.
 */
export async function* follow(
  client: EstimatorClient,
  failed: () => boolean,
  video: HTMLVideoElement,
  { signal = new AbortController().signal, smoothing = SMOOTHING, maps = 'none' }: FollowOptions = {},
): AsyncGenerator<FollowedFrame, void, undefined> {
  const follower = new Follower();
  const frames = new Newest<number>(); // when each was taken; its pixels are taken when its turn comes
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) frames.put(performance.now());
  const stopWatching = watchFrames(video, (captured) => frames.put(captured));
  try {
    while (await frames.arrival(signal)) {
      const time = frames.take();
      if (time === undefined) continue;
      try {
        const frame = await grabFrame(video, time, false);
        const size = { width: frame.width, height: frame.height };
        const regions = follower.regions(time, size);
        const result = await client.estimate(signal, { frame, regions, maps, flipTest: false, transfer: true });
        yield { people: follower.take(result.people, time, size, { smoothing }), ...size, time };
      } catch (error) {
        if (!signal.aborted && !isPassing(error, failed)) throw error;
      }
    }
  } finally {
    stopWatching();
  }
}
