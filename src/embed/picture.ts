import type { Frame } from '../engine/protocol';
import { decodeImage } from '../source/decode';
import { SourceError } from '../source/error';

/** Whatever has pixels: a file or blob, an <img>, <canvas>, <video> or ImageBitmap, ImageData, a VideoFrame. */
export type Picture = ImageBitmapSource;

/**
 * The picture as it is now, upright (EXIF orientation applied); the caller closes the bitmap. An <img> that is still loading is waited for.
 * Throws a SourceError for a file or an <img> that is no picture, signal.reason, or the browser's InvalidStateError or SecurityError for an element that
 * has no pixels yet, or whose pixels belong to another site.
 */
export async function frameOf(signal: AbortSignal, picture: Picture): Promise<Frame> {
  if (picture instanceof Blob) return decodeImage(signal, picture, picture instanceof File ? picture.name : '');
  if (picture instanceof HTMLImageElement) {
    await picture.decode().catch((cause) => {
      throw new SourceError('damaged-image', picture.currentSrc, { cause });
    });
  }
  const bitmap = await createImageBitmap(picture);
  if (signal.aborted) bitmap.close();
  signal.throwIfAborted();
  return { bitmap, width: bitmap.width, height: bitmap.height, time: 0, mirrored: false };
}
