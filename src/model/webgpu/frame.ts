import type { Crops, Image } from '../network';
import { withMemory } from './memory';

/** Floats per crop in the list that the shader reads (pyramid.ts). */
export const CROP_FLOATS = 6;

/** The texture's sides are multiples of this many pixels, so that it is rarely recreated. */
const UNIT = 256;
/** The texture is replaced if one this many times smaller would do. */
const SPARE = 16;

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Crops on the device: CROP_FLOATS numbers each, in pixels of the texture. */
export interface Shown {
  readonly texture: GPUTexture;
  readonly list: Float32Array<ArrayBuffer>;
}

/** The part of an image that crops are cut from, as a texture: only that is sent to the device. Owns it until dispose(). */
export class Frame {
  private readonly device: GPUDevice;
  private texture: GPUTexture | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Whether there is a texture for these crops. */
  fits(crops: Crops): boolean {
    const [wide, high] = this.sides(partOf(crops));
    const { texture } = this;
    return !!texture && texture.width >= wide && texture.height >= high && texture.width * texture.height <= SPARE * wide * high;
  }

  /** Replaces the texture with one that fits. Rejects as withMemory() does; then there is none. */
  async make(crops: Crops): Promise<void> {
    this.dispose();
    const make = () =>
      this.device.createTexture({
        size: this.sides(partOf(crops)),
        format: 'rgba8unorm',
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST | GPUTextureUsage.RENDER_ATTACHMENT,
      });
    const texture = await withMemory(this.device, make, (made) => made?.destroy());
    this.dispose(); // another run may have made one meanwhile
    this.texture = texture;
  }

  /** size: side of a crop as the network sees it, pixels. The image must fit into a texture, and the crops into this one. */
  show(crops: Crops, size: number): Shown {
    const { image, rois, mirrored } = crops;
    const { texture } = this;
    if (!texture) throw new Error('there is no texture for the crops');
    const part = partOf(crops);
    if (part.width > 0 && part.height > 0) {
      const extent = [part.width, part.height];
      if ('data' in image) {
        this.device.queue.writeTexture({ texture }, withAlpha(image, part), { bytesPerRow: 4 * part.width }, extent);
      } else {
        // Premultiplied: transparent pixels are blended with black, as on a canvas without alpha.
        const to = { texture, premultipliedAlpha: true };
        this.device.queue.copyExternalImageToTexture({ source: image, origin: [part.x, part.y] }, to, extent);
      }
    }
    const list = Float32Array.from(
      rois.flatMap(({ cx, cy, side }) => {
        const [left, top] = [cx - side / 2 - part.x, cy - side / 2 - part.y];
        return [left, top, side / size, mirrored ? 1 : 0, part.width, part.height];
      }),
    );
    return { texture, list };
  }

  dispose(): void {
    this.texture?.destroy();
    this.texture = undefined;
  }

  /** Width and height of a texture for that part, pixels. */
  private sides({ width, height }: Rect): [number, number] {
    const most = this.device.limits.maxTextureDimension2D;
    const side = (length: number) => Math.min(most, Math.max(1, Math.ceil(length / UNIT)) * UNIT);
    return [side(width), side(height)];
  }
}

/** A part of an image in memory, with an alpha channel added. */
function withAlpha({ data, width }: Exclude<Crops['image'], Image>, part: Rect): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(4 * part.width * part.height).fill(255);
  for (let y = 0; y < part.height; y += 1) {
    let [from, to] = [3 * ((part.y + y) * width + part.x), 4 * y * part.width];
    for (let x = 0; x < part.width; x += 1, from += 3, to += 4) {
      for (let channel = 0; channel < 3; channel += 1) rgba[to + channel] = data[from + channel] ?? 0;
    }
  }
  return rgba;
}

/** Bounds of the image pixels that the crops are made of, including those beside an enlarged crop. */
function partOf({ image, rois }: Crops): Rect {
  const along = (middle: (roi: Crops['rois'][number]) => number, length: number) => {
    const from = Math.min(...rois.map((roi) => middle(roi) - roi.side / 2));
    const to = Math.max(...rois.map((roi) => middle(roi) + roi.side / 2));
    const first = Math.min(length, Math.max(0, Math.floor(from) - 1));
    return [first, Math.max(0, Math.min(length, Math.ceil(to) + 1) - first)] as const;
  };
  const [x, width] = along(({ cx }) => cx, image.width);
  const [y, height] = along(({ cy }) => cy, image.height);
  return { x, y, width, height };
}
