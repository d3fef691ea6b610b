import type { Frame } from '../engine/protocol';
import { decodeImage } from '../source/decode';
import { SourceError } from '../source/error';

/** Whatever has pixels: a file or blob, an <img>, <canvas>, <video> or ImageBitmap, ImageData, a VideoFrame. */
export type ImageInput = ImageBitmapSource;

/** Else in a worker, which has neither elements nor what reduces huge files while they are decoded. */
const inPage = typeof document !== 'undefined';

/**
 * The image as it is now, upright (EXIF orientation applied); the caller closes the bitmap. An <img> that is still loading is waited for.
 * Throws a SourceError for a file or an <img> that is no image, signal.reason, or the browser's InvalidStateError or SecurityError for an element that
 * has no pixels yet, or whose pixels belong to another site.
 */
export async function frameOf(signal: AbortSignal, image: ImageInput): Promise<Frame> {
  if (image instanceof Blob && inPage) return decodeImage(signal, image, image instanceof File ? image.name : '');
  if (inPage && image instanceof HTMLImageElement) {
    await image.decode().catch((cause) => {
      throw new SourceError('damaged-image', image.currentSrc, { cause });
    });
  }
  const bitmap = await createImageBitmap(image).catch((cause) => {
    throw image instanceof Blob ? new SourceError('damaged-image', '', { cause }) : cause;
  });
  if (signal.aborted) bitmap.close();
  signal.throwIfAborted();
  return { bitmap, width: bitmap.width, height: bitmap.height, time: 0, mirrored: false };
}
