import type { Size } from '../../pose/roi';
import { type ImagePoint, imagePoint, imageToView, type View, type ViewPoint } from '../../pose/space';
import { clamp, fitScale, withMoved } from '../../pose/view';

/** The part of the photo that the viewer shows. It does not depend on the viewer's size. */
export interface Zoom {
  /** Relative to the whole photo: 1 shows all of it. */
  readonly factor: number;
  /** The point in the middle, image pixels. */
  readonly centre: ImagePoint;
}

/** How far the photo may be enlarged: to this many CSS pixels per image pixel, and a large photo at least by this factor. */
const MAX_SCALE = 8;
const MIN_LARGEST_FACTOR = 8;
/** Zoom factor of one step of the buttons and keys. */
export const ZOOM_STEP = 1.5;

/** Width by height of the narrowest and the widest viewer. A longer photo is shown between margins, or zooming would show only a strip. */
const MIN_ASPECT = 0.5;
const MAX_ASPECT = 2.5;

/** The shape of the viewer for a photo: width by height. image: image pixels. */
export function viewerRatio(image: Size): number {
  return clamp(image.width / image.height, MIN_ASPECT, MAX_ASPECT);
}

/** The view of a zoom, or of the whole photo. Where the photo covers the canvas, nothing outside it is shown. Sizes: image pixels, CSS pixels. */
export function viewOfZoom(zoom: Zoom | undefined, image: Size, canvas: Size): View {
  const scale = fitScale(image, canvas) * (zoom?.factor ?? 1);
  const { x, y } = zoom?.centre ?? imagePoint(image.width / 2, image.height / 2);
  const along = (centre: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : clamp(room / 2 - centre, room - length, 0);
  return {
    scale,
    left: along(x * scale, image.width * scale, canvas.width),
    top: along(y * scale, image.height * scale, canvas.height),
    mirrored: false,
    width: image.width,
  };
}

/** Moves what is at `from` to `to` and enlarges the photo by `by`; undefined: the whole photo is shown again. */
export function zoomed(view: View, from: ViewPoint, to: ViewPoint, by: number, image: Size, canvas: Size): Zoom | undefined {
  const fit = fitScale(image, canvas);
  const factor = clamp((view.scale / fit) * by, 1, Math.max(MIN_LARGEST_FACTOR, MAX_SCALE / fit));
  if (factor < 1.001) return undefined;
  const centreOf = ({ left, top, scale }: View) =>
    imagePoint((canvas.width / 2 - left) / scale, (canvas.height / 2 - top) / scale);
  const wanted = { factor, centre: centreOf(withMoved(view, from, to, fit * factor)) };
  return { factor, centre: centreOf(viewOfZoom(wanted, image, canvas)) }; // so that panning back works immediately after stopping at the edge
}

/** A zoom that keeps a point in view: the same, or one centred on the point. */
export function withInSight(zoom: Zoom | undefined, at: ImagePoint, image: Size, canvas: Size): Zoom | undefined {
  if (!zoom) return undefined;
  const { x, y } = imageToView(at, viewOfZoom(zoom, image, canvas));
  return x >= 0 && y >= 0 && x <= canvas.width && y <= canvas.height ? zoom : { ...zoom, centre: at };
}
