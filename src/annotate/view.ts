import type { Box, Size } from '../pose/roi';
import { imageToView, type View, type ViewPoint, viewPoint, viewToImage } from '../pose/space';

/** How far the view may zoom out, relative to the whole image fitting the canvas; and in, in CSS pixels per image pixel. */
const MIN_ZOOM = 0.5;
const MAX_ZOOM = 48;
/** How much of the image stays in sight, CSS pixels. */
const IN_SIGHT = 64;
/** Space around a box that the view is fitted to, as a share of its longer side. */
const ROOM = 0.12;

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The scale at which the whole image just fits. */
export const fitScale = (image: Size, canvas: Size) => Math.min(canvas.width / image.width, canvas.height / image.height);

/** The view with its position limited, so that the image stays in sight. */
function keepInSight(view: View, image: Size, canvas: Size): View {
  const along = (start: number, length: number, room: number) => {
    const seen = Math.min(IN_SIGHT, length, room);
    return clamp(start, seen - length, room - seen);
  };
  return {
    ...view,
    left: along(view.left, image.width * view.scale, canvas.width),
    top: along(view.top, image.height * view.scale, canvas.height),
  };
}

/** The view at another scale, or moved: what is at `from` comes to be at `to`. */
export function withMoved(view: View, from: ViewPoint, to: ViewPoint, scale: number): View {
  const at = imageToView(viewToImage(from, view), { ...view, scale, left: 0, top: 0 });
  return { ...view, scale, left: to.x - at.x, top: to.y - at.y };
}

/** Moves what is at `from` to `to`, with the image enlarged by `factor`. Zooms at a point if both are the same, pans if factor is 1. */
export function moveView(view: View, from: ViewPoint, to: ViewPoint, factor: number, image: Size, canvas: Size): View {
  const fit = fitScale(image, canvas);
  const scale = clamp(view.scale * factor, MIN_ZOOM * fit, Math.max(MAX_ZOOM, fit));
  return keepInSight(withMoved(view, from, to, scale), image, canvas);
}

type Fingers = readonly [ViewPoint, ViewPoint];

/** What two fingers do that moved from `from` to `to`: the point between moves with them, and the image grows as they spread. */
export function pinchOf(from: Fingers, to: Fingers): { from: ViewPoint; to: ViewPoint; factor: number } {
  const middle = ([a, b]: Fingers) => viewPoint((a.x + b.x) / 2, (a.y + b.y) / 2);
  const apart = ([a, b]: Fingers) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  return { from: middle(from), to: middle(to), factor: apart(to) / apart(from) };
}

/** The view that shows a box of the image, with some space around it, in the middle of the canvas. */
export function viewOfBox(box: Box, image: Size, canvas: Size): View {
  const room = 2 * ROOM * Math.max(box.width, box.height, 1);
  const wanted = fitScale({ width: box.width + room, height: box.height + room }, canvas);
  const scale = clamp(wanted, fitScale(image, canvas), MAX_ZOOM);
  const left = canvas.width / 2 - (box.x + box.width / 2) * scale;
  const top = canvas.height / 2 - (box.y + box.height / 2) * scale;
  return keepInSight({ scale, left, top, mirrored: false, width: image.width }, image, canvas);
}
