/**
 * The flip test: the cascade runs on a person's crop and on its mirror image, and both answers are combined. Where it is unsure, it often
 * answers differently for the mirror image.
 */
import { keypoint, type Pose } from './pose';
import { MIRROR } from './skeleton';
import type { Roi } from './space';

/** Two positions of a joint count as the same if they are closer than this share of the crop's side. */
const NEAR = 0.06;

/** Converts what was found in the mirror image of the roi to the person's own joints. Both in image pixels. */
export function unmirrored(pose: Pose, { cx }: Roi): Pose {
  return pose.map((joint, i) => {
    const { x, y, score } = pose[MIRROR[i] ?? i] ?? joint;
    return keypoint(2 * cx - x, y, score);
  });
}

/**
 * Combines two answers, in image pixels, about the person in the roi. A joint is placed at the mean of its positions, weighted by score, or
 * at the one with the higher score if they are far apart. Its score is the mean of both, so it falls if only one answer has the joint.
 */
export function agreed(one: Pose, other: Pose, { side }: Roi): Pose {
  return one.map((a, i) => {
    const b = other[i] ?? a;
    const near = Math.hypot(a.x - b.x, a.y - b.y) < NEAR * side;
    const share = near ? a.score / (a.score + b.score || 1) : Number(a.score >= b.score);
    return keypoint(share * a.x + (1 - share) * b.x, share * a.y + (1 - share) * b.y, (a.score + b.score) / 2);
  });
}

/**
 * The people after the flip test, each in the crop that they were found in. pass: finds the pose in the mirror image of each crop, in order,
 * with the joints where they lie in that; called once. Rejects if it does.
 */
export async function flipTested<T extends { readonly pose: Pose; readonly roi: Roi }>(
  people: readonly T[],
  pass: (rois: readonly Roi[]) => Promise<readonly { readonly pose: Pose }[]>,
): Promise<T[]> {
  const others = await pass(people.map(({ roi }) => roi));
  return people.map((person, i) => {
    const other = others[i];
    return other ? { ...person, pose: agreed(person.pose, unmirrored(other.pose, person.roi), person.roi) } : person;
  });
}
