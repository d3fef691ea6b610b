import type { Size } from '../pose/roi';
import { type ImagePoint, imageToView, type View, type ViewPoint } from '../pose/space';
import { strokeCross, strokeOutlined } from './outline';
import type { DrawnImage } from './paint';
import { CREAM, HALO } from './palette';

/** CSS pixels. */
const RADIUS = 62;
const AWAY = 86;
/** Magnification of the loupe relative to the view, and the minimum size of an image pixel in it, CSS pixels. */
const LARGER = 4;
const PIXEL = 6;

/** The loupe's centre: above and beside the hand, on the side that has room for it. */
function middle(hand: ViewPoint, canvas: Size) {
  const x = hand.x - AWAY - RADIUS > 0 ? hand.x - AWAY : hand.x + AWAY;
  const y = hand.y - AWAY - RADIUS > 0 ? hand.y - AWAY : hand.y + AWAY;
  return { x: Math.min(x, canvas.width - RADIUS - 2), y: Math.min(y, canvas.height - RADIUS - 2) };
}

/** Paints the surroundings of an image point, enlarged, near the hand that covers it. */
export function paintLoupe(
  ctx: CanvasRenderingContext2D,
  image: DrawnImage,
  point: ImagePoint,
  hand: ViewPoint,
  view: View,
  canvas: Size,
): void {
  const { x, y } = middle(hand, canvas);
  const scale = Math.max(view.scale * LARGER, PIXEL);
  const near = imageToView(point, { ...view, scale, left: 0, top: 0 });
  ctx.save();
  ctx.beginPath();
  ctx.arc(x, y, RADIUS, 0, 2 * Math.PI);
  ctx.fillStyle = HALO;
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(image.source, x - near.x, y - near.y, image.width * scale, image.height * scale);
  strokeCross(ctx, x, y, 1, RADIUS);
  ctx.restore();
  strokeOutlined(ctx, 2, CREAM, () => ctx.arc(x, y, RADIUS, 0, 2 * Math.PI));
  ctx.restore();
}
