import { readFile } from 'node:fs/promises';
import type { Raster } from '../pose/resample';
import { SourceError, type SourceErrorCode } from '../source/error';
import { fileKind } from '../source/sniff';
import { loadSharp } from './sharp';

/** A path or file URL, the bytes of a file, or pixels that are already decoded. */
export type NodeImage = string | URL | Uint8Array | ArrayBuffer | Raster;

const isRaster = (image: NodeImage): image is Raster => typeof image === 'object' && image !== null && 'data' in image;

/** Whether sharp refused an image that has more pixels than it opens. */
const isTooLarge = (cause: unknown) => /pixel limit/i.test(String(cause));

async function bytesOf(image: string | URL | Uint8Array | ArrayBuffer): Promise<Uint8Array> {
  if (image instanceof Uint8Array) return image;
  if (image instanceof ArrayBuffer) return new Uint8Array(image);
  if (!(typeof image === 'string' || image instanceof URL))
    throw new TypeError('an image must be a path, a file URL, bytes, or { width, height, data }');
  try {
    return await readFile(image);
  } catch (cause) {
    throw new SourceError('unreadable', String(image), { cause });
  }
}

/** Throws a RangeError unless there are three bytes a pixel. */
function assertRgb({ width, height, data }: Raster): void {
  const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0);
  if (!isSize) throw new RangeError(`width and height must be whole numbers above 0, not ${width} x ${height}`);
  const bytes = 3 * width * height;
  if (data.length !== bytes) throw new RangeError(`${width} x ${height} pixels of RGB take ${bytes} bytes, not ${data.length}`);
}

/**
 * The image upright, in sRGB, without transparency. Rejects with a SourceError: 'unreadable' (no such file), 'empty-file', 'not-an-image' (no
 * format that sharp reads), 'heic' (sharp has no decoder for it), 'damaged-image', 'too-large' (more pixels than sharp opens); with a RangeError for pixels that are not RGB; with a
 * TypeError for anything that is no image; with an Error if sharp does not load.
 */
export async function rasterOf(image: NodeImage): Promise<Raster> {
  if (isRaster(image)) {
    assertRgb(image);
    return image;
  }
  const bytes = await bytesOf(image);
  const name = typeof image === 'string' || image instanceof URL ? String(image) : '';
  const sharp = await loadSharp();
  if (bytes.length === 0) throw new SourceError('empty-file', name);
  const refuse =
    (code: SourceErrorCode) =>
    (cause: unknown): never => {
      const isHeic = fileKind(bytes) === 'heic'; // for which sharp has no decoder
      throw new SourceError(isHeic ? 'heic' : isTooLarge(cause) ? 'too-large' : code, name, { cause });
    };
  const file = sharp(bytes, { failOn: 'error' }); // like browsers, it ignores what decoders only warn of
  const known = await file.metadata().catch(refuse('not-an-image'));
  if (!known.format) throw new SourceError('not-an-image', name);
  const upright = file.autoOrient().flatten({ background: '#000' }).toColourspace('srgb');
  // With a profile, 16 bits a channel are converted to P3 on the way.
  const decoded = known.depth === 'ushort' && known.hasProfile ? upright.withIccProfile('srgb') : upright;
  const { data, info } = await decoded.raw().toBuffer({ resolveWithObject: true }).catch(refuse('damaged-image'));
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
