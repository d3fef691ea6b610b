import type { Box, Size } from '../pose/roi';
import type { View, ViewPoint } from '../pose/space';
import { clamp, fitScale, withMoved } from '../pose/view';

/** How far the view may zoom out, relative to the whole image fitting the canvas; and in, in CSS pixels per image pixel. */
const MIN_ZOOM = 0.5;
const MAX_ZOOM = 48;
/** How much of the image stays in sight, CSS pixels. */
const IN_SIGHT = 64;
/** Space around a box that the view is fitted to, as a share of its longer side. */
const ROOM = 0.12;

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

/** Moves what is at `from` to `to`, with the image enlarged by `factor`. Zooms at a point if both are the same, pans if factor is 1. */
export function moveView(view: View, from: ViewPoint, to: ViewPoint, factor: number, image: Size, canvas: Size): View {
  const fit = fitScale(image, canvas);
  const scale = clamp(view.scale * factor, MIN_ZOOM * fit, Math.max(MAX_ZOOM, fit));
  return keepInSight(withMoved(view, from, to, scale), image, canvas);
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
