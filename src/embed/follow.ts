import { EngineError } from '../engine/error';
import { Newest } from '../engine/newest';
import type { EstimatorClient } from '../engine/protocol';
import { grabFrame, watchFrames } from '../source/frames';
import { assertReadable } from './image-input';
import { type FollowedFrame, Tracking, type TrackingOptions } from './tracking';

export interface FollowOptions extends TrackingOptions {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** Whether a loss is only the frame's: the client starts a lost device again by itself. */
const isPassing = (error: unknown, failed: () => boolean) =>
  error instanceof EngineError && error.code === 'device-lost' && !failed();

/**
 * Follows everybody through the frames that the video shows, until the signal or the loop's end: one frame at a time and then the newest; of a
 * paused video the one that it shows, and one after each seek. failed: whether the engine is down for good.
 * Throws an EngineError, or the browser's error where the frame's pixels cannot be had.
 */
export async function* follow(
  client: EstimatorClient,
  failed: () => boolean,
  video: HTMLVideoElement,
  { signal = new AbortController().signal, ...options }: FollowOptions = {},
): AsyncGenerator<FollowedFrame, void, undefined> {
  const tracking = new Tracking(client, options);
  const frames = new Newest<number>(); // when each was taken; its pixels are taken when its turn comes
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) frames.put(performance.now());
  const stopWatching = watchFrames(video, (captured) => frames.put(captured));
  try {
    while (await frames.arrival(signal)) {
      const time = frames.take();
      if (time === undefined) continue;
      try {
        const frame = await grabFrame(video, time, false);
        if (!frame) continue;
        assertReadable(frame.bitmap);
        yield await tracking.next(signal, frame);
      } catch (error) {
        if (!signal.aborted && !isPassing(error, failed)) throw error;
      }
    }
  } finally {
    stopWatching();
  }
}
