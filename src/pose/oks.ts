/**
 * Object keypoint similarity between people: COCO's measure of how well two poses agree, 1 for the same pose, 0 for poses that have
 * nothing to do with each other (https://cocodataset.org/#keypoints-eval).
 */
import { MIN_JOINT_SCORE, type Pose } from './pose';
import { boxFromPose } from './roi';

/** How far annotators' labels of each of COCO's 17 joints scatter, as a share of the square root of the person's area. */
const OKS_SIGMAS: readonly number[] = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089,
];

/** COCO's segments cover about this share of their boxes. */
export const AREA_OF_BOX = 0.53;
/** A person seen from the side or with few joints has a box without width: boxes count as at least this wide relative to their height. */
const MIN_ASPECT = 1 / 3;

/** One joint's term of OKS, 0..1. distance: image pixels; area: the person's, square image pixels; scale: of the sigmas, 1 for COCO's. */
export function oksTerm(distance: number, area: number, joint: number, scale = 1): number {
  const sigma = 2 * scale * (OKS_SIGMAS[joint] ?? 0);
  return Math.exp(-(distance ** 2) / (2 * Math.max(area, Number.EPSILON) * sigma ** 2));
}

/** Estimate of a person's area as COCO measures it, square image pixels, from the visible joints; 0 with fewer than three. */
export function poseArea(pose: Pose): number {
  const box = boxFromPose(pose, MIN_JOINT_SCORE);
  if (!box) return 0;
  const { width, height } = box;
  return AREA_OF_BOX * Math.max(width, MIN_ASPECT * height) * Math.max(height, MIN_ASPECT * width);
}

/**
 * The OKS to expect of a pose, 0..1, if it is somebody's: the mean of the joints' scores, each joint weighted by its own, because OKS counts
 * only the joints that are visible. 0 if no joint has a score.
 */
export function expectedOks(pose: Pose): number {
  const scores = pose.slice(0, OKS_SIGMAS.length).map(({ score }) => score);
  const total = scores.reduce((sum, score) => sum + score, 0);
  return total > 0 ? scores.reduce((sum, score) => sum + score ** 2, 0) / total : 0;
}

/**
 * OKS of two poses that were both found by the network, 0..1: each joint is weighted by the lower of its two scores, and the area is the
 * larger person's. scale: of the sigmas; larger ones tolerate movement. 0 if no joint is visible in both.
 */
export function poseSimilarity(a: Pose, b: Pose, scale = 1): number {
  const area = Math.max(poseArea(a), poseArea(b));
  let [sum, total] = [0, 0];
  OKS_SIGMAS.forEach((_, joint) => {
    const [one, other] = [a[joint], b[joint]];
    if (!one || !other) return;
    const weight = Math.min(one.score, other.score);
    if (weight < MIN_JOINT_SCORE) return;
    total += weight;
    sum += weight * oksTerm(Math.hypot(one.x - other.x, one.y - other.y), area, joint, scale);
  });
  return total > 0 ? sum / total : 0;
}
