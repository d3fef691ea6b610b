import type { Pixels } from '../../model/network';
import type { Roi } from '../../pose/space';

/** x, y, width, height. */
type Rect = [number, number, number, number];

/**
 * Copies of whole bitmaps, each half as wide and high as the one before: finding the people in a photo reduces all of it, so that their
 * crops need not be reduced once more.
 */
const COPIES = new WeakMap<ImageBitmap, OffscreenCanvas[]>();

/** Turns crops of a bitmap into a network's input. rois: in bitmap pixels; mirrored: flips each left to right. Valid until the next call. */
export interface Cropping {
  cut(image: ImageBitmap, rois: readonly Roi[], mirrored: boolean): Pixels;
}

/** A black square with this side, pixels. */
export function blankSheet(size: number): OffscreenCanvas {
  const sheet = new OffscreenCanvas(size, size);
  contextOf(sheet);
  return sheet;
}

/** For an input of `size` pixels. A GPU crops by itself, unless the image is larger than its textures can be. */
export function bitmapCropping(size: number, device: GPUDevice | undefined): Cropping {
  const cutter = new Cutter(size);
  if (!device) return cutter;
  const most = device.limits.maxTextureDimension2D;
  return {
    cut(image, rois, mirrored) {
      return Math.max(image.width, image.height) > most ? cutter.cut(image, rois, mirrored) : { image, rois, mirrored };
    },
  };
}

/**
 * Cuts crops out of a bitmap and resamples them to the network's input, one below the other on one canvas. Black outside the
 * image. Owns its canvas. For the CPU, which reads its pixels.
 */
export class Cutter implements Cropping {
  private readonly size: number;
  private readonly sheet: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D;

  /** size: side of the input, pixels. */
  constructor(size: number) {
    this.size = size;
    this.sheet = new OffscreenCanvas(size, size);
    this.context = contextOf(this.sheet);
  }

  /** The canvas, size x size * rois.length pixels. */
  cut(bitmap: ImageBitmap, rois: readonly Roi[], mirrored: boolean): OffscreenCanvas {
    const { size, sheet, context } = this;
    sheet.height = size * rois.length; // also clears it to black and resets the context's settings
    context.imageSmoothingQuality = 'high';
    rois.forEach((roi, i) => {
      const scale = size / roi.side;
      const [left, top] = [roi.cx - roi.side / 2, roi.cy - roi.side / 2];
      // Whole pixels, so that none is blended with the black outside; what extends beyond the square is clipped.
      const [x, y] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
      const width = Math.min(bitmap.width, Math.ceil(left + roi.side)) - x;
      const height = Math.min(bitmap.height, Math.ceil(top + roi.side)) - y;
      if (width <= 0 || height <= 0) return;
      const part = this.reduce(bitmap, [x, y, width, height], scale);
      context.save();
      if (mirrored) context.setTransform(-1, 0, 0, 1, size, 0);
      context.beginPath();
      context.rect(0, i * size, size, size);
      context.clip();
      context.drawImage(...part, (x - left) * scale, i * size + (y - top) * scale, width * scale, height * scale);
      context.restore();
    });
    return sheet;
  }

  /**
   * Halves the part until less than a factor of two is left: not every browser respects imageSmoothingQuality, and without it a large
   * photograph would be sampled at only a few of its pixels. Starts from the smallest copy of the whole bitmap that is large enough, and
   * caches the copies that it makes of a whole one. Returns what to draw, and which rectangle of it.
   */
  private reduce(bitmap: ImageBitmap, part: Rect, scale: number): [CanvasImageSource, ...Rect] {
    const isWhole = part[2] === bitmap.width && part[3] === bitmap.height;
    const copies = COPIES.get(bitmap) ?? [];
    let left = scale;
    let at = 0;
    for (; left < 0.5 && at < copies.length; at += 1) left *= 2;
    const copy = copies[at - 1];
    let source: CanvasImageSource = copy ?? bitmap;
    let from = copy ? scaled(part, copy.width / bitmap.width, copy.height / bitmap.height) : part;
    for (; left < 0.5; left *= 2) {
      const [width, height] = [Math.ceil(from[2] / 2), Math.ceil(from[3] / 2)];
      const next = new OffscreenCanvas(width, height);
      contextOf(next).drawImage(source, ...from, 0, 0, width, height);
      if (isWhole) copies.push(next);
      source = next;
      from = [0, 0, width, height];
    }
    if (isWhole) COPIES.set(bitmap, copies);
    return [source, ...from];
  }
}

const scaled = ([x, y, width, height]: Rect, across: number, down: number): Rect => [
  x * across,
  y * down,
  width * across,
  height * down,
];

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas context');
  context.imageSmoothingQuality = 'high';
  return context;
}
