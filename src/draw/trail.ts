import { imageToView, type View } from '../pose/space';
import { TRAIL_MS, type TrailPoint } from '../pose/trail';
import { css, jointRgb } from './palette';

export interface TrailStyle {
  /** Indices of the joints to draw. */
  readonly joints: readonly number[];
  /** Joints that score less leave a gap. */
  readonly threshold: number;
  /** At its newest end, CSS pixels. */
  readonly width: number;
}

/** Draws the paths of joints, fainter and thinner the older they are. */
export function drawTrail(ctx: CanvasRenderingContext2D, trail: readonly TrailPoint[], view: View, style: TrailStyle): void {
  const newest = trail.at(-1)?.time ?? 0;
  ctx.save();
  ctx.lineCap = 'round';
  for (const joint of style.joints) {
    ctx.strokeStyle = css(jointRgb(joint));
    trail.forEach(({ time, pose }, i) => {
      const [from, to] = [trail[i - 1]?.pose[joint], pose[joint]];
      if (!from || !to || Math.min(from.score, to.score) < style.threshold) return;
      const [start, end] = [imageToView(from, view), imageToView(to, view)];
      const youth = Math.max(0, 1 - (newest - time) / TRAIL_MS);
      ctx.globalAlpha = 0.85 * youth;
      ctx.lineWidth = style.width * (0.35 + 0.65 * youth);
      ctx.beginPath();
      ctx.moveTo(start.x, start.y);
      ctx.lineTo(end.x, end.y);
      ctx.stroke();
    });
  }
  ctx.restore();
}
