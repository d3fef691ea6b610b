import type { Box } from '../../pose/roi';
import { imagePoint, imageToCrop, type Roi } from '../../pose/space';
import type { Colour } from '../../pose/torso';

/** x, y, width, height. */
type Rect = [number, number, number, number];

/** A mean colour is taken over so many pixels a side, each of which is a mean itself. */
const SWATCH = 4;

/**
 * Cuts crops out of a bitmap and resamples them to the network's input, one below the other on one canvas. Black outside the
 * image. Owns its canvas.
 */
export class Cutter {
  private readonly size: number;
  private readonly readBack: boolean;
  private readonly sheet: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D;
  private readonly swatches: OffscreenCanvasRenderingContext2D;

  /** size: side of the input, pixels. readBack: the pixels are read by the CPU (WASM), not taken by a GPU. */
  constructor(size: number, readBack: boolean) {
    this.size = size;
    this.readBack = readBack;
    this.sheet = new OffscreenCanvas(size, size);
    this.context = contextOf(this.sheet, readBack);
    this.swatches = contextOf(new OffscreenCanvas(SWATCH, SWATCH), readBack);
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
   * The mean colour of a box in each of the crops that were cut last, not mirrored, in their order; boxes in the space of the rois. Reads a few
   * pixels back in one go. undefined where there is no box, or none of it lies in the crop.
   */
  means(crops: readonly { readonly roi: Roi; readonly box: Box | undefined }[]): (Colour | undefined)[] {
    const { size, sheet, swatches } = this;
    swatches.canvas.height = SWATCH * crops.length; // also clears it, and its settings
    swatches.imageSmoothingQuality = 'high';
    const isDrawn = crops.map(({ roi, box }, i) => {
      if (!box) return false;
      const inside = (value: number) => Math.min(size, Math.max(0, Math.round(value)));
      const from = imageToCrop(imagePoint(box.x, box.y), roi, size);
      const to = imageToCrop(imagePoint(box.x + box.width, box.y + box.height), roi, size);
      const [x, y] = [inside(from.x), inside(from.y)];
      const [width, height] = [inside(to.x) - x, inside(to.y) - y];
      if (width < 1 || height < 1) return false;
      swatches.drawImage(sheet, x, i * size + y, width, height, 0, i * SWATCH, SWATCH, SWATCH);
      return true;
    });
    if (!isDrawn.includes(true)) return isDrawn.map(() => undefined);
    const { data } = swatches.getImageData(0, 0, SWATCH, SWATCH * crops.length);
    const pixels = SWATCH * SWATCH;
    const mean = (swatch: number, channel: number) => {
      const from = 4 * pixels * swatch;
      return (
        data.subarray(from, from + 4 * pixels).reduce((sum, value, i) => (i % 4 === channel ? sum + value : sum), 0) /
        (255 * pixels)
      );
    };
    return isDrawn.map((drawn, i) => (drawn ? [mean(i, 0), mean(i, 1), mean(i, 2)] : undefined));
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
