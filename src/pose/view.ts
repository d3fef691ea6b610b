/** Zooming and moving an image's view, whatever the limits of a screen. */
import type { Size } from './roi';
import { imageToView, type View, type ViewPoint, viewPoint, viewToImage } from './space';

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The scale at which the whole image just fits. */
export const fitScale = (image: Size, canvas: Size) => Math.min(canvas.width / image.width, canvas.height / image.height);

/** The view at another scale, or moved: what is at `from` comes to be at `to`. */
export function withMoved(view: View, from: ViewPoint, to: ViewPoint, scale: number): View {
  const at = imageToView(viewToImage(from, view), { ...view, scale, left: 0, top: 0 });
  return { ...view, scale, left: to.x - at.x, top: to.y - at.y };
}

type Fingers = readonly [ViewPoint, ViewPoint];

/** What two fingers do that moved from `from` to `to`: the point between moves with them, and the image grows as they spread. */
export function pinchOf(from: Fingers, to: Fingers): { from: ViewPoint; to: ViewPoint; factor: number } {
  const middle = ([a, b]: Fingers) => viewPoint((a.x + b.x) / 2, (a.y + b.y) / 2);
  const apart = ([a, b]: Fingers) => Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
  return { from: middle(from), to: middle(to), factor: apart(to) / apart(from) };
}
