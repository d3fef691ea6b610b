/**
 * The flip test: the cascade runs on a person's crop and on its mirror image, and both answers are taken into account. What it is unsure
 * of, it often answers differently in the mirror.
 */
import { keypoint, type Pose } from './pose';
import { MIRROR } from './skeleton';
import type { Roi } from './space';

/** Two places of a joint are one place seen twice when they lie within this share of the crop's side. */
const NEAR = 0.06;

/** What was found in the mirror image of the roi -> the person's own joints. Both in image pixels. */
export function unmirrored(pose: Pose, { cx }: Roi): Pose {
  return pose.map((joint, i) => {
    const { x, y, score } = pose[MIRROR[i] ?? i] ?? joint;
    return keypoint(2 * cx - x, y, score);
  });
}

/**
 * Two answers, in image pixels, about the person in the roi -> one. A joint is at the mean of its places, weighted by their scores, or at the
 * surer place where they lie apart. Its score is the mean of both, so it falls where only one answer has the joint.
 */
export function agreed(one: Pose, other: Pose, { side }: Roi): Pose {
  return one.map((a, i) => {
    const b = other[i] ?? a;
    const near = Math.hypot(a.x - b.x, a.y - b.y) < NEAR * side;
    const share = near ? a.score / (a.score + b.score || 1) : Number(a.score >= b.score);
    return keypoint(share * a.x + (1 - share) * b.x, share * a.y + (1 - share) * b.y, (a.score + b.score) / 2);
  });
}
