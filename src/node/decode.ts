import { readFile } from 'node:fs/promises';
import type { Raster } from '../pose/resample';
import { SourceError } from '../source/error';

/** A file, its bytes, or pixels that are already decoded. */
export type NodeImage = string | URL | Uint8Array | Raster;

const isRaster = (image: NodeImage): image is Raster => typeof image === 'object' && 'data' in image;

async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new Error('posecade decodes images with sharp, which is not installed: npm install sharp', { cause });
  }
}

/** Whether sharp refused an image that has more pixels than it opens. */
const isTooLarge = (cause: unknown) => /pixel limit/i.test(String(cause));

async function bytesOf(file: string | URL): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new SourceError('unreadable', String(file), { cause });
  }
}

/**
 * The image upright, in sRGB, without transparency. Rejects with a SourceError: 'unreadable' (no such file), 'empty-file', 'not-an-image' (no
 * format that sharp reads), 'damaged-image', 'too-large' (more pixels than sharp opens); with a RangeError for pixels that are not RGB; with an
 * Error if sharp is not installed.
 */
export async function rasterOf(image: NodeImage): Promise<Raster> {
  if (isRaster(image)) {
    const { width, height, data } = image;
    if (data.length === 3 * width * height) return image;
    throw new RangeError(`${width} x ${height} pixels of RGB take ${3 * width * height} bytes, not ${data.length}`);
  }
  const sharp = await loadSharp();
  const name = image instanceof Uint8Array ? '' : String(image);
  const bytes = image instanceof Uint8Array ? image : await bytesOf(image);
  if (bytes.length === 0) throw new SourceError('empty-file', name);
  const known = await sharp(bytes)
    .metadata()
    .catch((cause: unknown) => {
      throw new SourceError(isTooLarge(cause) ? 'too-large' : 'not-an-image', name, { cause });
    });
  if (!known.format) throw new SourceError('not-an-image', name);
  const decoded = sharp(bytes).autoOrient().flatten({ background: '#000' }).toColourspace('srgb').raw();
  const { data, info } = await decoded.toBuffer({ resolveWithObject: true }).catch((cause: unknown) => {
    throw new SourceError(isTooLarge(cause) ? 'too-large' : 'damaged-image', name, { cause });
  });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
