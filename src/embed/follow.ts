import { EngineError } from '../engine/error';
import { AGAIN_MS, Newest } from '../engine/newest';
import type { EstimatorClient } from '../engine/protocol';
import { grabFrame, watchFrames } from '../source/frames';
import { assertVideoReadable, sourceOf } from './image-input';
import { type FollowedFrame, Tracking, type TrackingOptions } from './tracking';

export interface FollowOptions extends TrackingOptions {
  /** Stops following. */
  readonly signal?: AbortSignal | undefined;
}

/** A frame waiting for its turn. */
interface Waiting {
  /** When it was captured, milliseconds. */
  readonly captured: number;
  /** Position in the video, seconds. */
  readonly position: number;
  /** Whether it may be the last: a paused video delivers no others. */
  readonly alone: boolean;
}

/** Whether a device loss affects only this frame: the client restarts a lost device by itself. */
const isPassing = (error: unknown, failed: () => boolean) =>
  error instanceof EngineError && error.code === 'device-lost' && !failed();

/**
 * Follows everybody through the frames of a video until the signal aborts or the loop ends. Processes one frame at a time, then the newest; for
 * a paused video, the frame that it shows and one after each seek. Another source in the same element is another video. failed: whether the engine is down for good.
 * Throws an EngineError, or the browser's error if the frame's pixels cannot be read.
 */
export async function* follow(
  client: EstimatorClient,
  failed: () => boolean,
  video: HTMLVideoElement,
  { signal = new AbortController().signal, ...options }: FollowOptions = {},
): AsyncGenerator<FollowedFrame, void, undefined> {
  const tracking = new Tracking(client, options);
  const frames = new Newest<Waiting>(); // a frame's pixels are grabbed when its turn comes
  let sought = false;
  let fresh = false; // the next frame does not continue the previous ones
  const see = (captured: number, position: number) => {
    fresh ||= sought || video.paused;
    sought = false;
    frames.put({ captured, position, alone: video.paused });
  };
  /** After a while, the frame that a paused video shows, which no event announces. */
  const seeAgain = () => setTimeout(() => frames.waiting || see(performance.now(), video.currentTime), AGAIN_MS);
  const onSeeking = () => {
    sought = true;
  };
  // The frame that stays on the screen, without the smoothing that lags behind it.
  const onPause = () => video.seeking || see(performance.now(), video.currentTime);
  video.addEventListener('seeking', onSeeking);
  video.addEventListener('pause', onPause);
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) see(performance.now(), video.currentTime);
  const stopWatching = watchFrames(video, see);
  try {
    while (await frames.arrival(signal)) {
      const waiting = frames.take();
      if (!waiting) continue;
      const { captured, position, alone } = waiting;
      const source = sourceOf(video);
      const place = { time: captured, position: video.srcObject ? undefined : position, rate: video.playbackRate, source };
      tracking.begin(place, fresh);
      fresh = false;
      try {
        const frame = await grabFrame(video, captured);
        if (!frame) {
          if (alone) seeAgain();
          continue;
        }
        assertVideoReadable(video, frame.bitmap);
        const followed = await tracking.next(signal, frame, { alone });
        const given = performance.now();
        yield followed;
        tracking.held(performance.now() - given);
      } catch (error) {
        if (signal.aborted) break;
        if (!isPassing(error, failed)) throw error;
        if (alone) seeAgain();
      }
    }
  } finally {
    stopWatching();
    video.removeEventListener('seeking', onSeeking);
    video.removeEventListener('pause', onPause);
  }
}
