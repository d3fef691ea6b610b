import { SourceError } from './error';

/** A finished recording, as a file. */
export interface Recorded {
  readonly blob: Blob;
  readonly extension: 'mp4' | 'webm';
  /** The browser ended it because of an error: the file holds what was recorded until then. */
  readonly cut: boolean;
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

/** Browsers' H.264 encoders refuse more than 4096 x 2304, although they claim to support the type. Pixels. */
const MAX_H264_PIXELS = 4096 * 2304;

/** The type in which to record a canvas, and its size: reduced only if nothing but H.264 is available, which requires even sides. */
export interface RecordingFormat {
  readonly mimeType: string;
  readonly width: number;
  readonly height: number;
}

const even = (side: number) => Math.max(2, side - (side % 2));

/** For a view of this size, pixels. isSupported: whether the browser records a type. Throws a SourceError if it records none. */
export function recordingFormat(width: number, height: number, isSupported: (type: string) => boolean): RecordingFormat {
  const supported = TYPES.filter(isSupported);
  const large = width * height > MAX_H264_PIXELS;
  const mimeType = (large ? supported.find((type) => type.startsWith('video/webm')) : undefined) ?? supported[0];
  if (!mimeType) throw new SourceError('recorder-none');
  const scale = large && mimeType.startsWith('video/mp4') ? Math.sqrt(MAX_H264_PIXELS / (width * height)) : 1;
  return { mimeType, width: even(Math.floor(width * scale)), height: even(Math.floor(height * scale)) };
}

/** The format for this browser. Throws a SourceError if it records nothing. */
export const browserFormat = (width: number, height: number): RecordingFormat =>
  recordingFormat(width, height, (type) => typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(type));

const FRAMES_PER_SECOND = 30;
/** How often the encoder hands over its bytes. Milliseconds. */
const SLICE_MS = 1000;
/** Bits per second: for each pixel, and at least. Thin lines need more than browsers choose by themselves. */
const BITS_PER_PIXEL = 5;
const MIN_BITS_PER_SECOND = 2_500_000;

/** Records a canvas whenever it is painted, without sound. onBytes: called about once a second with the number of bytes so far. */
export function recordCanvas(canvas: HTMLCanvasElement, mimeType: string, onBytes: (total: number) => void): Recording {
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const videoBitsPerSecond = Math.max(MIN_BITS_PER_SECOND, BITS_PER_PIXEL * canvas.width * canvas.height);
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond });
  const slices: Blob[] = [];
  let total = 0;
  let cut = false;
  const done = new Promise<Recorded>((resolve, reject) => {
    recorder.addEventListener('dataavailable', ({ data }) => {
      slices.push(data);
      total += data.size;
      onBytes(total);
    });
    recorder.addEventListener('error', () => {
      cut = true; // 'stop' follows
    });
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop();
      const [type = mimeType] = mimeType.split(';');
      if (total === 0) reject(new SourceError('recording-empty'));
      else resolve({ blob: new Blob(slices, { type }), extension: type === 'video/mp4' ? 'mp4' : 'webm', cut });
    });
  });
  recorder.start(SLICE_MS);
  return {
    stop: () => recorder.state !== 'inactive' && recorder.stop(),
    done,
  };
}
