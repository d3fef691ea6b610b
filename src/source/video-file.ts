import { withEditList } from './edit-list';
import { SourceError } from './error';
import { indexed } from './indexed';
import { readHead } from './read';
import { videoRefusal } from './refusal';
import { type FileKind, fileKind, SNIFF_BYTES } from './sniff';
import { hasVideoTrack } from './tracks';

/** A video file that this browser plays; the caller that opened it closes it. */
export interface VideoFile {
  readonly name: string;
  readonly blob: Blob;
  /** Address of its bytes, valid until close(). */
  readonly url: string;
  /** Image pixels. */
  readonly width: number;
  readonly height: number;
  /** Seconds. */
  readonly duration: number;
  close(): void;
}

async function kindOf(file: File): Promise<FileKind> {
  return fileKind(new Uint8Array(await readHead(file, SNIFF_BYTES, file.name)));
}

/** Resolves on the event. Rejects with the element's error, or signal.reason. */
function happened(signal: AbortSignal, video: HTMLVideoElement, type: string): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener(type, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(video.error ?? new Error('the video failed')), { once: true });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Seconds. Recordings made by browsers do not state their duration: seeking past the end reveals it. */
async function durationOf(signal: AbortSignal, video: HTMLVideoElement): Promise<number> {
  if (video.duration === Number.POSITIVE_INFINITY) {
    const sought = happened(signal, video, 'seeked');
    video.currentTime = Number.MAX_SAFE_INTEGER;
    await sought;
  }
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

/** Opens a file as a video, and reads its size and length. Throws a SourceError, or signal.reason. */
export async function openVideo(signal: AbortSignal, file: File): Promise<VideoFile> {
  signal.throwIfAborted();
  const { name } = file;
  const kind = await kindOf(file);
  const refused = videoRefusal(kind);
  if (kind === 'empty' || refused === 'photo') throw new SourceError(refused, name); // Chromium plays AVIF as a video
  const blob = await indexed(signal, await withEditList(file).catch(() => file)); // a fault in it is reported when it is played
  signal.throwIfAborted();
  const url = URL.createObjectURL(blob);
  const video = document.createElement('video');
  try {
    video.muted = true;
    video.preload = 'auto';
    video.src = url;
    await happened(signal, video, 'loadedmetadata');
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0 || height === 0) {
      // For example, of HEVC with sound the browser plays only the sound.
      throw new SourceError((await hasVideoTrack(file)) ? 'video-unsupported' : 'sound-only', name);
    }
    const duration = await durationOf(signal, video);
    return { name, blob, url, width, height, duration, close: () => URL.revokeObjectURL(url) };
  } catch (error) {
    URL.revokeObjectURL(url);
    if (signal.aborted || error instanceof SourceError) throw error;
    throw new SourceError(refused, name, { cause: error });
  } finally {
    video.removeAttribute('src');
    video.load(); // releases the decoder
  }
}
