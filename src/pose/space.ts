/**
 * Coordinate spaces and the conversions between them.
 *
 * The rule of pixel centres, stated once: coordinates are pixel-EDGE everywhere. Pixel i covers i..i+1 and its centre is i + 0.5; an
 * image spans 0..width. Labels are used as given (nothing is added to them), and the mirror of x is width - x. So cell i of a map
 * with stride s covers i*s..(i+1)*s pixels, its centre is (i + 0.5) * s, and every conversion is a scale and a shift without halves.
 */
declare const space: unique symbol;

/** A point, and the space of its coordinates: the name exists only for the compiler. */
export interface Point<Name extends string> {
  readonly x: number;
  readonly y: number;
  readonly [space]: Name;
}

/** Pixels of the source image, after EXIF orientation, never mirrored. */
export type ImagePoint = Point<'image'>;
/** Pixels of the network's square input. */
export type CropPoint = Point<'crop'>;
/** Cells of one heat map; the caller has to know which map (stride, origin). */
export type CellPoint = Point<'cell'>;
/** CSS pixels of the canvas that the image is drawn on. */
export type ViewPoint = Point<'view'>;

export const imagePoint = (x: number, y: number): ImagePoint => ({ x, y }) as ImagePoint;
export const cropPoint = (x: number, y: number): CropPoint => ({ x, y }) as CropPoint;
export const cellPoint = (x: number, y: number): CellPoint => ({ x, y }) as CellPoint;
export const viewPoint = (x: number, y: number): ViewPoint => ({ x, y }) as ViewPoint;

/** A square in the image that is resampled to the network's input. Centre and side in image pixels; may reach past the border. */
export interface Roi {
  readonly cx: number;
  readonly cy: number;
  readonly side: number;
}

/** The same square in an image of another resolution, `scale` times as many pixels wide and high. */
export const rescaledRoi = ({ cx, cy, side }: Roi, scale: number): Roi => ({
  cx: scale * cx,
  cy: scale * cy,
  side: scale * side,
});

/** Image to input pixels; `input` is the input's side in pixels. */
export function imageToCrop(p: ImagePoint, roi: Roi, input: number): CropPoint {
  const scale = input / roi.side;
  return cropPoint((p.x - roi.cx + roi.side / 2) * scale, (p.y - roi.cy + roi.side / 2) * scale);
}

/** Input pixels to image; the inverse of imageToCrop. */
export function cropToImage(p: CropPoint, roi: Roi, input: number): ImagePoint {
  const scale = roi.side / input;
  return imagePoint(roi.cx - roi.side / 2 + p.x * scale, roi.cy - roi.side / 2 + p.y * scale);
}

/** Input pixels to cells of a map whose cell (0, 0) starts at `origin` (a fine map's is its crop's corner). */
export function cropToCell(p: CropPoint, stride: number, origin: CropPoint = cropPoint(0, 0)): CellPoint {
  return cellPoint((p.x - origin.x) / stride, (p.y - origin.y) / stride);
}

/** Cells to input pixels; the inverse of cropToCell. */
export function cellToCrop(p: CellPoint, stride: number, origin: CropPoint = cropPoint(0, 0)): CropPoint {
  return cropPoint(origin.x + p.x * stride, origin.y + p.y * stride);
}

/** Where the image lies on the canvas: CSS pixels per image pixel and the image's corner. A mirrored view flips x within `width`. */
export interface View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly mirrored: boolean;
  /** Width of the image in image pixels. */
  readonly width: number;
}

export function imageToView(p: ImagePoint, view: View): ViewPoint {
  const x = view.mirrored ? view.width - p.x : p.x;
  return viewPoint(view.left + x * view.scale, view.top + p.y * view.scale);
}

export function viewToImage(p: ViewPoint, view: View): ImagePoint {
  const x = (p.x - view.left) / view.scale;
  return imagePoint(view.mirrored ? view.width - x : x, (p.y - view.top) / view.scale);
}
