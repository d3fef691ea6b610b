import type { Pose } from '../pose/pose';
import { EDGES } from '../pose/skeleton';
import { imageToView, type View } from '../pose/space';
import { type Context2D, strokeOutlined } from './outline';
import { boneRgb, css, HALO, jointRgb } from './palette';

export interface SkeletonStyle {
  /** Joints that score less are left out. */
  readonly threshold: number;
  /** 1 for the selected person, less for the others. */
  readonly opacity: number;
  /** Radius of a confident joint, CSS pixels. */
  readonly radius: number;
  readonly chosenJoint: number | undefined;
}

/** Joint radius, in CSS pixels, for a person whose crop is `side` image pixels wide. */
export function jointRadius(side: number, view: View): number {
  return Math.min(6.5, Math.max(3.2, side * view.scale * 0.011));
}

/** The opacity for a score, from pale to full. */
const alphaOf = (score: number) => 0.55 + 0.45 * Math.min(1, Math.max(0, score));

function bones(ctx: Context2D, pose: Pose, view: View, style: SkeletonStyle): void {
  ctx.lineCap = 'round';
  for (const halo of [true, false]) {
    for (const [a, b] of EDGES) {
      const [from, to] = [pose[a], pose[b]];
      if (!from || !to || Math.min(from.score, to.score) < style.threshold) continue;
      const [start, end] = [imageToView(from, view), imageToView(to, view)];
      ctx.lineWidth = style.radius * (halo ? 1.35 : 0.8);
      ctx.strokeStyle = halo ? HALO : css(boneRgb(a, b));
      ctx.globalAlpha = style.opacity * alphaOf(Math.min(from.score, to.score)) * (halo ? 0.6 : 1);
      ctx.beginPath();
      ctx.moveTo(start.x, start.y);
      ctx.lineTo(end.x, end.y);
      ctx.stroke();
    }
  }
}

/** Draws a pose: bones and joints, the person's left and right in two hues, confident joints larger and more opaque than others. */
export function drawSkeleton(ctx: Context2D, pose: Pose, view: View, style: SkeletonStyle): void {
  ctx.save();
  bones(ctx, pose, view, style);
  pose.forEach((joint, index) => {
    if (joint.score < style.threshold) return;
    const { x, y } = imageToView(joint, view);
    const chosen = index === style.chosenJoint;
    const radius = style.radius * (0.7 + 0.5 * joint.score) * (chosen ? 1.35 : 1);
    ctx.globalAlpha = style.opacity * (chosen ? 1 : alphaOf(joint.score));
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = css(jointRgb(index));
    ctx.fill();
    ctx.lineWidth = chosen ? 2.5 : 1.25;
    ctx.strokeStyle = chosen ? '#fff' : HALO;
    ctx.stroke();
  });
  ctx.restore();
}

/**
 * Draws where the coarse maps alone put the joints (rings) and how far the fine stage moved them (lines to the refined position). pose: the
 * joints as they are drawn, possibly without some that lie on a neighbour.
 */
export function drawOffsets(ctx: Context2D, coarse: Pose, refined: Pose, pose: Pose, view: View, style: SkeletonStyle): void {
  ctx.save();
  refined.forEach((joint, index) => {
    const from = coarse[index];
    if (!from || (pose[index]?.score ?? 0) < style.threshold) return;
    const [start, end] = [imageToView(from, view), imageToView(joint, view)];
    ctx.globalAlpha = style.opacity;
    strokeOutlined(ctx, 1.25, css(jointRgb(index)), () => {
      ctx.arc(start.x, start.y, style.radius * 1.6, 0, 2 * Math.PI);
      ctx.moveTo(start.x, start.y);
      ctx.lineTo(end.x, end.y);
    });
  });
  ctx.restore();
}
