/** Several crops of one image may show the same person, and one crop a neighbour's limbs: keeps each person once, with only their own joints. */
import { poseArea, poseSimilarity } from './oks';
import { type Keypoint, MIN_JOINT_SCORE, type Pose } from './pose';
import { jointIndex, MIRROR } from './skeleton';

/** Poses more similar than this belong to one person. */
const SAME_PERSON = 0.5;
/** The same joint of two people is one joint if closer together than this share of the square root of the larger person's area. */
const SAME_PLACE = 0.1;
/** A face joint farther than this many head lengths from the median of the face joints belongs to somebody else. */
const REACH_IN_HEADS = 1.6;
/** The head's length in a person of area 1: people in photographs are about seven heads tall and a third as wide. */
const HEAD_OF_AREA = 0.34;
const FACE: readonly number[] = (['nose', 'left_eye', 'right_eye', 'left_ear', 'right_ear'] as const).map(jointIndex);
const [NECK, HEAD_TOP] = [jointIndex('neck'), jointIndex('head_top')];

const exchanged = (pose: Pose): Pose => pose.map((joint, i) => pose[MIRROR[i] ?? i] ?? joint);
const refused = (joint: Keypoint): Keypoint => ({ ...joint, score: 0 });

/**
 * Each person once, the highest score first: of several poses of one person, even with left and right swapped, the one with the highest
 * score is kept. score: how likely it is that somebody is there.
 */
export function withoutDuplicates<T extends { readonly pose: Pose; readonly score: number }>(people: readonly T[]): T[] {
  const kept: T[] = [];
  for (const person of [...people].sort((a, b) => b.score - a.score)) {
    const mirror = exchanged(person.pose);
    const isKnown = kept.some(
      ({ pose }) => poseSimilarity(pose, person.pose) > SAME_PERSON || poseSimilarity(pose, mirror) > SAME_PERSON,
    );
    if (!isKnown) kept.push(person);
  }
  return kept;
}

/** A joint gets score 0 if another person has it, or its mirror twin, in the same place with a higher score; ties go to the first. */
export function withoutNeighboursJoints(poses: readonly Pose[]): Pose[] {
  const sizes = poses.map((pose) => Math.sqrt(poseArea(pose)));
  return poses.map((pose, i) =>
    pose.map((joint, j) => {
      const isTheirs = poses.some((other, k) => {
        const reach = SAME_PLACE * Math.max(sizes[i] ?? 0, sizes[k] ?? 0);
        return (
          k !== i &&
          [j, MIRROR[j] ?? j].some((same) => {
            const theirs = other[same];
            return (
              theirs !== undefined &&
              theirs.score >= Math.max(MIN_JOINT_SCORE, joint.score) &&
              (theirs.score > joint.score || k < i) &&
              Math.hypot(theirs.x - joint.x, theirs.y - joint.y) < reach
            );
          })
        );
      });
      return isTheirs ? refused(joint) : joint;
    }),
  );
}

/** Sets the score of a face joint that lies on a neighbour to 0: farther than 1.6 head lengths from the median of the face joints. */
export function withoutStrayFace(pose: Pose): Pose {
  const [neck, top] = [pose[NECK], pose[HEAD_TOP]];
  const measured =
    neck && top && Math.min(neck.score, top.score) >= MIN_JOINT_SCORE ? Math.hypot(neck.x - top.x, neck.y - top.y) : 0;
  const reach = REACH_IN_HEADS * Math.max(measured, HEAD_OF_AREA * Math.sqrt(poseArea(pose)));
  const seen = FACE.flatMap((joint) => pose[joint] ?? []).filter(({ score }) => score >= MIN_JOINT_SCORE);
  if (seen.length < 3 || reach === 0) return pose;
  const middle = (pick: (joint: Keypoint) => number) => {
    const values = seen.map(pick).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? 0; // the median: one stray joint does not move it
  };
  const [x, y] = [middle((joint) => joint.x), middle((joint) => joint.y)];
  return pose.map((joint, i) => (FACE.includes(i) && Math.hypot(joint.x - x, joint.y - y) > reach ? refused(joint) : joint));
}
