import type { Pose } from '../pose/pose';
import { imageToView, type View } from '../pose/space';

/** Distinguishable by lightness as well as hue; dark text is legible on each. */
const COLOURS = ['#ffd166', '#7bdff2', '#b8f2a0', '#ff9fb2', '#c9b6ff', '#ffb870', '#9be7c4', '#f3a6ff', '#d9e36b', '#a9c7ff'];
const INK = '#10131a';
/** CSS pixels. */
const FONT = '600 13px system-ui, sans-serif';
const [HEIGHT, PADDING, GAP] = [20, 7, 14];

/** The colour of a person's label: the same for the same id. */
function personColour(id: number): string {
  return COLOURS[(id - 1) % COLOURS.length] ?? INK;
}

/** Draws a person's number above the highest joint that scores at least `threshold`, if any. The context is in CSS pixels. */
export function drawPersonLabel(ctx: CanvasRenderingContext2D, id: number, pose: Pose, view: View, threshold: number): void {
  const seen = pose.filter(({ score }) => score >= threshold);
  if (!seen.some((joint) => imageToView(joint, view).y >= 0)) return; // nobody is seen, or only above what the canvas shows
  const top = imageToView(
    seen.reduce((highest, joint) => (joint.y < highest.y ? joint : highest)),
    view,
  );
  ctx.save();
  ctx.font = FONT;
  const text = String(id);
  const width = ctx.measureText(text).width + 2 * PADDING;
  const y = Math.max(2, top.y - GAP - HEIGHT);
  ctx.beginPath();
  ctx.roundRect(top.x - width / 2, y, width, HEIGHT, HEIGHT / 2);
  ctx.fillStyle = personColour(id);
  ctx.fill();
  ctx.fillStyle = INK;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, top.x, y + HEIGHT / 2 + 0.5);
  ctx.restore();
}
