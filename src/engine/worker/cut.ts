import type { Roi } from '../../pose/space';

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Cuts squares out of a bitmap and resamples them to the network's input, one below the other on one canvas. Black outside the
 * picture. Owns its canvas.
 */
export class Cutter {
  private readonly size: number;
  private readonly sheet: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D;

  /** size: side of the input, pixels. readBack: the pixels are read by the CPU (WASM), not taken by a GPU. */
  constructor(size: number, readBack: boolean) {
    this.size = size;
    this.sheet = new OffscreenCanvas(size, size);
    this.context = contextOf(this.sheet, readBack);
  }

  /** The canvas, size x size * rois.length pixels, valid until the next call. rois in bitmap pixels. */
  cut(bitmap: ImageBitmap, rois: readonly Roi[]): OffscreenCanvas {
    const { size, sheet, context } = this;
    sheet.height = size * rois.length; // also clears it to black, and its settings
    context.imageSmoothingQuality = 'high';
    rois.forEach((roi, i) => {
      const scale = size / roi.side;
      const [left, top] = [roi.cx - roi.side / 2, roi.cy - roi.side / 2];
      const x = Math.max(0, left);
      const y = Math.max(0, top);
      const part = {
        x,
        y,
        width: Math.min(bitmap.width, left + roi.side) - x,
        height: Math.min(bitmap.height, top + roi.side) - y,
      };
      if (part.width <= 0 || part.height <= 0) return;
      const [source, from] = reduce(bitmap, part, scale);
      context.save();
      context.beginPath();
      context.rect(0, i * size, size, size);
      context.clip();
      context.drawImage(
        source,
        ...area(from),
        (part.x - left) * scale,
        i * size + (part.y - top) * scale,
        part.width * scale,
        part.height * scale,
      );
      context.restore();
    });
    return sheet;
  }
}

/**
 * Halves the part until less than a factor of two is left: not every browser heeds imageSmoothingQuality, and without it a large
 * photograph would be sampled at a few of its pixels only.
 */
function reduce(bitmap: ImageBitmap, part: Rect, scale: number): [ImageBitmap | OffscreenCanvas, Rect] {
  let source: ImageBitmap | OffscreenCanvas = bitmap;
  let from = part;
  for (let left = scale; left < 0.5; left *= 2) {
    const [width, height] = [from.width / 2, from.height / 2];
    const next: OffscreenCanvas = new OffscreenCanvas(Math.ceil(width), Math.ceil(height));
    contextOf(next, false).drawImage(source, ...area(from), 0, 0, width, height);
    source = next;
    from = { x: 0, y: 0, width, height };
  }
  return [source, from];
}

const area = ({ x, y, width, height }: Rect): [number, number, number, number] => [x, y, width, height];

function contextOf(canvas: OffscreenCanvas, willReadFrequently: boolean): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently });
  if (!context) throw new Error('the browser gives no canvas to cut pictures with');
  context.imageSmoothingQuality = 'high';
  return context;
}
