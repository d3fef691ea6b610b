import type { Frame } from '../engine/protocol';
import type { Size } from '../pose/roi';
import { SourceError } from './error';
import { claimedSize, HEADER_BYTES, headerSize, uprightSize } from './header';
import { hasBottom, lacksEnd, lacksScans, withEnd } from './jpeg-end';
import { readHead } from './read';
import { IMAGE_REFUSAL } from './refusal';
import { fileKind } from './sniff';

/** A bitmap keeps at most this many pixels (about 4000 x 4000, 64 MB); a larger image is reduced while it is decoded. */
const MAX_BITMAP_PIXELS = 2 ** 24;
/** Above this, a decoder's own copy of the image takes more memory than a tab may have. */
const MAX_IMAGE_PIXELS = 300e6;
/** A browser that fails on more than this most likely fails because of the size: decoders have limits of their own. */
const MANY_PIXELS = 2 ** 27;

/** Otherwise in a worker: without an <img>, the upright size is not known before decoding, and no image is reduced. */
const IN_PAGE = typeof Image !== 'undefined';

const headOf = async (blob: Blob, name: string) => new Uint8Array(await readHead(blob, HEADER_BYTES, name));

/** Size after EXIF orientation, without decoding the pixels. claimed: what the header says. */
async function sizeOf(blob: Blob, claimed: Size | undefined): Promise<Size> {
  const address = URL.createObjectURL(blob);
  try {
    const image = new Image();
    image.src = address;
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error('the header could not be read'));
    });
    return uprightSize({ width: image.naturalWidth, height: image.naturalHeight }, claimed);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Options that reduce an image to MAX_BITMAP_PIXELS. */
function reducing({ width, height }: Size): ImageBitmapOptions {
  const scale = Math.sqrt(MAX_BITMAP_PIXELS / (width * height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return { resizeWidth: side(width), resizeHeight: side(height), resizeQuality: 'high' };
}

/**
 * Decodes a still image upright (EXIF orientation applied). The frame's width and height are the file's own; its bitmap may be smaller,
 * but not in a worker.
 * The caller closes the bitmap. Throws a SourceError, or signal.reason.
 */
export async function decodeImage(signal: AbortSignal, blob: Blob, name = ''): Promise<Frame> {
  signal.throwIfAborted();
  const head = await headOf(blob, name);
  const kind = fileKind(head);
  const claimed = claimedSize(head) ?? { width: 0, height: 0 };
  const many = claimed.width * claimed.height;
  if (many > MAX_IMAGE_PIXELS) throw new SourceError('too-large', name);
  if (kind === 'svg') throw new SourceError('svg', name); // it would decode, but has no pixels of its own
  const refuse = (cause: unknown): never => {
    const code = IMAGE_REFUSAL[kind];
    throw new SourceError(code === 'damaged-image' && many > MANY_PIXELS ? 'too-large' : code, name, { cause });
  };
  const size = IN_PAGE ? await sizeOf(blob, headerSize(head)).catch(refuse) : undefined;
  const pixels = size && size.width * size.height;
  if (pixels === 0) throw new SourceError('damaged-image', name);
  if (pixels && pixels > MAX_IMAGE_PIXELS) throw new SourceError('too-large', name);
  signal.throwIfAborted();
  const huge = size && pixels && pixels > MAX_BITMAP_PIXELS ? size : undefined;
  const options: ImageBitmapOptions = { imageOrientation: 'from-image', ...(huge && reducing(huge)) };
  const incomplete = await lacksEnd(blob, head);
  if (incomplete && (await lacksScans(blob))) throw new SourceError('damaged-image', name);
  const whole = incomplete ? withEnd(blob) : blob;
  const bitmap = await createImageBitmap(whole, options).catch(refuse);
  if (signal.aborted) bitmap.close();
  signal.throwIfAborted();
  if (incomplete && !hasBottom(bitmap)) {
    bitmap.close();
    throw new SourceError('damaged-image', name);
  }
  // An <img> may be measured in other pixels than the file's if the header is not understood; a bitmap never is.
  const { width, height } = huge ?? bitmap;
  return { bitmap, width, height, time: 0, ...(incomplete && { incomplete }) };
}

/** The size of an image after EXIF orientation, without decoding its pixels. Throws a SourceError, or signal.reason. */
export async function measureImage(signal: AbortSignal, blob: Blob, name = ''): Promise<Size> {
  signal.throwIfAborted();
  const head = await headOf(blob, name);
  try {
    return await sizeOf(blob, headerSize(head));
  } catch (cause) {
    throw new SourceError('damaged-image', name, { cause });
  }
}
