import type { Raster } from '../pose/resample';

/** A file, its bytes, or pixels that are decoded already. */
export type NodeImage = string | URL | Uint8Array | Raster;

const isRaster = (image: NodeImage): image is Raster => typeof image === 'object' && 'data' in image;

async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new Error('posecade decodes images with sharp, which is not installed: npm install sharp', { cause });
  }
}

/** The image upright, in sRGB, without transparency. Throws an Error where it is no image that sharp reads, or sharp is not installed. */
export async function rasterOf(image: NodeImage): Promise<Raster> {
  if (isRaster(image)) return image;
  const sharp = await loadSharp();
  const source = image instanceof URL ? decodeURIComponent(image.pathname) : image;
  const decoded = sharp(source).autoOrient().flatten({ background: '#000' }).toColourspace('srgb').raw();
  const { data, info } = await decoded.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
