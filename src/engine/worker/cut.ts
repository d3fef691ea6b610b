import type { Roi } from '../../pose/space';

/** x, y, width, height. */
type Rect = [number, number, number, number];

/**
 * Cuts crops out of a bitmap and resamples them to the network's input, one below the other on one canvas. Black outside the
 * image. Owns its canvas.
 */
export class Cutter {
  private readonly size: number;
  private readonly readBack: boolean;
  private readonly sheet: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D;

  /** size: side of the input, pixels. readBack: the pixels are read by the CPU (WASM), not taken by a GPU. */
  constructor(size: number, readBack: boolean) {
    this.size = size;
    this.readBack = readBack;
    this.sheet = new OffscreenCanvas(size, size);
    this.context = contextOf(this.sheet, readBack);
  }

  /** The canvas, size x size * rois.length pixels, valid until the next call. rois in bitmap pixels. mirrored: each left to right. */
  cut(bitmap: ImageBitmap, rois: readonly Roi[], mirrored: boolean): OffscreenCanvas {
    const { size, sheet, context } = this;
    sheet.height = size * rois.length; // also clears it to black, and its settings
    context.imageSmoothingQuality = 'high';
    rois.forEach((roi, i) => {
      const scale = size / roi.side;
      const [left, top] = [roi.cx - roi.side / 2, roi.cy - roi.side / 2];
      // Whole pixels, so that none is blended with the black outside; what reaches over the square is clipped.
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
   * photograph would be sampled at only a few of its pixels. Returns what to draw, and which rectangle of it.
   */
  private reduce(bitmap: ImageBitmap, part: Rect, scale: number): [CanvasImageSource, ...Rect] {
    let source: CanvasImageSource = bitmap;
    let from = part;
    for (let left = scale; left < 0.5; left *= 2) {
      const [width, height] = [Math.ceil(from[2] / 2), Math.ceil(from[3] / 2)];
      const next = new OffscreenCanvas(width, height);
      contextOf(next, this.readBack).drawImage(source, ...from, 0, 0, width, height);
      source = next;
      from = [0, 0, width, height];
    }
    return [source, ...from];
  }
}

function contextOf(canvas: OffscreenCanvas, willReadFrequently: boolean): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently });
  if (!context) throw new Error('no 2D canvas context');
  context.imageSmoothingQuality = 'high';
  return context;
}
