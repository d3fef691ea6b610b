import { COCO_COUNT, TO_COCO17 } from './skeleton';
import { type ImagePoint, imagePoint } from './space';

/** A joint in the source image. score is the network's probability (0..1) that the joint is at this position. */
export interface Keypoint extends ImagePoint {
  readonly score: number;
}

/** 19 keypoints, in the order of JOINTS. */
export type Pose = readonly Keypoint[];

export function keypoint(x: number, y: number, score: number): Keypoint {
  return { ...imagePoint(x, y), score };
}

/** The same pose in an image of another resolution, `scale` times as many pixels wide and high. */
export function rescaledPose(pose: Pose, scale: number): Pose {
  return pose.map(({ x, y, score }) => keypoint(scale * x, scale * y, score));
}

/** Mean score of the joints, 0..1; 0 for no joints. */
export function poseScore(pose: Pose): number {
  return pose.length === 0 ? 0 : pose.reduce((sum, joint) => sum + joint.score, 0) / pose.length;
}

/** Joints with a lower score are guesses: they are no evidence of a person, do not locate anybody, and cannot claim a neighbour's joint. */
export const MIN_JOINT_SCORE = 0.2;
/** Joints with a lower score are neither drawn nor exported, unless the user sets another threshold. */
export const DISPLAY_THRESHOLD = 0.2;
/** A pose with fewer joints is not a person: a wall, a pizza, a neighbour's leg. */
const MIN_JOINTS = 4;

/** Whether there are enough joints for a person. */
export function isSomebody(pose: Pose): boolean {
  return pose.filter(({ score }) => score >= MIN_JOINT_SCORE).length >= MIN_JOINTS;
}

/** Applies a mapping of skeleton.ts: each joint is the mean of its source joints, with the lowest of their scores. */
export function mapPose(pose: Pose, mapping: readonly (readonly number[])[]): Keypoint[] {
  return mapping.map((sources) => {
    const joints = sources.flatMap((index) => pose[index] ?? []);
    if (joints.length < sources.length) throw new RangeError(`a pose of ${pose.length} joints lacks one of ${sources}`);
    const mean = (pick: (joint: Keypoint) => number) => joints.reduce((sum, joint) => sum + pick(joint), 0) / joints.length;
    return keypoint(
      mean((joint) => joint.x),
      mean((joint) => joint.y),
      Math.min(...joints.map((joint) => joint.score)),
    );
  });
}

/** COCO's flat [x, y, v] * 17: v is 2 for scores of at least `threshold`; other joints count as unlabelled: 0, 0, 0. Image pixels. */
export function toCocoKeypoints(pose: Pose, threshold: number): number[] {
  return mapPose(pose, TO_COCO17)
    .slice(0, COCO_COUNT)
    .flatMap((joint) => (joint.score >= threshold ? [joint.x, joint.y, 2] : [0, 0, 0]));
}
