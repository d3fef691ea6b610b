import type { Frame } from '../engine/protocol';

/** A frame that claims to be older was stamped by another clock. */
const OLDEST_MS = 1000;

/**
 * Plays a stream in a video element and calls back whenever it presents another frame, until the signal is aborted. captured: when the
 * frame was taken, milliseconds on the clock of performance.now().
 */
export function playFrames(
  signal: AbortSignal,
  video: HTMLVideoElement,
  stream: MediaStream,
  onFrame: (captured: number) => void,
): void {
  video.srcObject = stream;
  video.play().catch(() => undefined); // another stream took its place, or the element went away
  const stop = watchFrames(video, onFrame);
  signal.addEventListener('abort', () => {
    stop();
    video.srcObject = null;
  });
}

/** captured: as for playFrames; position: the frame's place in the video, seconds. */
type OnFrame = (captured: number, position: number) => void;

/** Calls back whenever the element presents another frame. Returns a function that stops this. */
export function watchFrames(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  // Firefox had no such callback before version 132.
  return 'requestVideoFrameCallback' in video ? byVideo(video, onFrame) : byScreen(video, onFrame);
}

function byVideo(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  let handle = 0;
  const next = () => {
    handle = video.requestVideoFrameCallback((now, { captureTime, mediaTime }) => {
      next();
      onFrame(captureTime !== undefined && captureTime <= now && now - captureTime < OLDEST_MS ? captureTime : now, mediaTime);
    });
  };
  next();
  return () => video.cancelVideoFrameCallback(handle);
}

function byScreen(video: HTMLVideoElement, onFrame: OnFrame): () => void {
  let handle = 0;
  let seen = -1;
  const next = () => {
    handle = requestAnimationFrame((now) => {
      next();
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.currentTime === seen) return;
      seen = video.currentTime;
      onFrame(now, seen);
    });
  };
  next();
  return () => cancelAnimationFrame(handle);
}

/**
 * The frame that the video shows at this moment; undefined if it has none, as in Firefox between a seek and its frame. The caller closes
 * the bitmap.
 */
export async function grabFrame(video: HTMLVideoElement, captured: number): Promise<Frame | undefined> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
  const bitmap = await createImageBitmap(video).catch((error) => {
    if (error instanceof DOMException && error.name === 'InvalidStateError') return undefined; // the frame is gone, as at a reset of the GPU
    throw error;
  });
  return bitmap && { bitmap, width: bitmap.width, height: bitmap.height, time: captured };
}
