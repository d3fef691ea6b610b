import { isDeviceLost } from '../engine/error';
import { NewestFrame, type WaitingFrame } from '../engine/newest';
import type { EstimatorClient } from '../engine/protocol';
import { grabFrame, watchFrames } from '../source/frames';
import { assertVideoReadable, sourceOf } from './image-input';
import { type FollowedFrame, Tracking, type TrackingOptions } from './tracking';

export interface FollowOptions extends TrackingOptions {
  /** Stops following. */
  readonly signal?: AbortSignal | undefined;
}

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
  const frames = new NewestFrame();
  let sought = false;
  const seen = (captured: number, position: number): WaitingFrame => {
    const fresh = sought || video.paused;
    sought = false;
    return { captured, position, alone: video.paused, fresh };
  };
  const see = (captured: number, position: number) => frames.put(seen(captured, position));
  /** After a while, the frame that a paused video shows, which no event announces. */
  const seeAgain = () => void frames.again(() => seen(performance.now(), video.currentTime));
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
      const { captured, position, alone, fresh } = waiting;
      const source = sourceOf(video);
      const place = { time: captured, position: video.srcObject ? undefined : position, rate: video.playbackRate, source };
      tracking.begin(place, fresh);
      try {
        const frame = await grabFrame(video, captured);
        if (!frame) {
          if (alone) seeAgain();
          continue;
        }
        assertVideoReadable(video, frame.bitmap, source);
        const followed = await tracking.next(signal, frame, { alone });
        const given = performance.now();
        yield followed;
        tracking.held(performance.now() - given);
      } catch (error) {
        if (signal.aborted) break;
        if (!isDeviceLost(error) || failed()) throw error;
        if (alone) seeAgain();
      }
    }
  } finally {
    stopWatching();
    video.removeEventListener('seeking', onSeeking);
    video.removeEventListener('pause', onPause);
  }
}
