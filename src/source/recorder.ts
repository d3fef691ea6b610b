import { SourceError } from './error';

/** A finished recording, as a file. */
export interface Recorded {
  readonly blob: Blob;
  readonly extension: 'mp4' | 'webm';
}

/** A recording in progress. */
export interface Recording {
  /** Ends it. */
  stop(): void;
  /** The file, once the recording has ended, by stop() or by itself. Rejects with a SourceError if it is empty. */
  readonly done: Promise<Recorded>;
}

/** The best first. Everything plays MP4 with H.264; Chromium's VP8 drops frames of a canvas. */
const TYPES = [
  'video/mp4;codecs=avc1.640028',
  'video/mp4;codecs=avc1.42E01F',
  'video/webm;codecs=vp9',
  'video/webm;codecs=vp8',
  'video/webm',
] as const;

const FRAMES_PER_SECOND = 30;
/** How often the encoder hands over its bytes. Milliseconds. */
const SLICE_MS = 1000;
/** Bits a second: for each pixel, and at least. Thin lines need more than browsers choose by themselves. */
const BITS_PER_PIXEL = 5;
const LEAST_BITS = 2_500_000;

/**
 * Records a canvas whenever it is painted, without sound. onBytes: called about once a second with the number of bytes so far. Throws a
 * SourceError where the browser cannot do it.
 */
export function recordCanvas(canvas: HTMLCanvasElement, onBytes: (total: number) => void): Recording {
  const mimeType = typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (!mimeType) throw new SourceError('recorder-none');
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const videoBitsPerSecond = Math.max(LEAST_BITS, BITS_PER_PIXEL * canvas.width * canvas.height);
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond });
  const slices: Blob[] = [];
  let total = 0;
  const done = new Promise<Recorded>((resolve, reject) => {
    recorder.addEventListener('dataavailable', ({ data }) => {
      slices.push(data);
      total += data.size;
      onBytes(total);
    });
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      const [type = mimeType] = mimeType.split(';');
      if (total === 0) reject(new SourceError('recording-empty'));
      else resolve({ blob: new Blob(slices, { type }), extension: type === 'video/mp4' ? 'mp4' : 'webm' });
    });
  });
  recorder.start(SLICE_MS);
  return {
    stop: () => recorder.state !== 'inactive' && recorder.stop(),
    done,
  };
}
