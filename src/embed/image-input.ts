import { untilAborted } from '../async/until-aborted';
import type { Frame } from '../engine/protocol';
import { decodeImage } from '../source/decode';
import { SourceError } from '../source/error';

/** Anything with pixels: a file or blob, an <img>, <canvas> or <video>, an ImageBitmap, ImageData or a VideoFrame. */
export type ImageInput = ImageBitmapSource;

/** False in a worker, which has no elements. */
export const inPage = typeof document !== 'undefined';

/**
 * The image as it is now, upright (EXIF orientation applied); the caller closes the bitmap. Waits for an <img> that is still loading.
 * Rejects with a SourceError for a file or <img> that is not an image, with the signal's reason as soon as it is aborted, or with the browser's
 * InvalidStateError or SecurityError for an element that has no pixels yet or whose pixels belong to another site.
 */
export function frameOf(signal: AbortSignal, image: ImageInput): Promise<Frame> {
  return untilAborted(signal, load(signal, image));
}

async function load(signal: AbortSignal, image: ImageInput): Promise<Frame> {
  signal.throwIfAborted();
  if (image instanceof Blob) return decodeImage(signal, image, image instanceof File ? image.name : '');
  const bitmap = await bitmapOf(image);
  if (signal.aborted) bitmap.close();
  signal.throwIfAborted();
  if (inPage && image instanceof HTMLVideoElement) assertVideoReadable(image, bitmap);
  else if (inPage) assertReadable(bitmap);
  return { bitmap, width: bitmap.width, height: bitmap.height, time: 0 };
}

async function bitmapOf(image: ImageInput): Promise<ImageBitmap> {
  if (inPage && image instanceof HTMLImageElement) return bitmapOfElement(image);
  return createImageBitmap(image);
}

async function bitmapOfElement(image: HTMLImageElement): Promise<ImageBitmap> {
  await image.decode().catch((cause) => {
    // A truncated file is shown all the same, and can be drawn.
    if (!image.complete || image.naturalWidth === 0) throw new SourceError('damaged-image', image.currentSrc, { cause });
  });
  return createImageBitmap(image).catch((cause) => {
    const canvas = new OffscreenCanvas(Math.max(1, image.naturalWidth), Math.max(1, image.naturalHeight));
    const context = canvas.getContext('2d');
    if (!context || image.naturalWidth === 0) throw cause;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.transferToImageBitmap();
  });
}

/** If the pixels belong to another site, closes the bitmap and throws the browser's SecurityError: it cannot even be sent to the worker. */
function assertReadable(bitmap: ImageBitmap): void {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  try {
    context?.drawImage(bitmap, 0, 0, 1, 1);
    context?.getImageData(0, 0, 1, 1);
  } catch (error) {
    bitmap.close();
    throw error;
  }
}

/** What a video element plays: an address or a stream, to be compared. (The type of a stream is missing in a worker.) */
export const sourceOf = (video: HTMLVideoElement): unknown => video.srcObject ?? video.currentSrc;

/** Videos whose pixels may be read, with the source that they had then. */
const readable = new WeakMap<HTMLVideoElement, unknown>();

/** The same for a frame of a video, once for each source: reading its pixels waits for the GPU. source: what it played when the frame was grabbed. */
export function assertVideoReadable(video: HTMLVideoElement, bitmap: ImageBitmap, source = sourceOf(video)): void {
  if (readable.get(video) === source) return;
  assertReadable(bitmap);
  readable.set(video, source);
}
