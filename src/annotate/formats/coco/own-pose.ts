import { keypoint, type Pose } from '../../../pose/pose';
import { JOINT_COUNT, JOINTS } from '../../../pose/skeleton';
import { isFiniteNumber } from '../fields';

/** A draft as stored in our own field: x, y and score of each of JOINTS, one after the other. */
export const poseNumbers = (pose: Pose): number[] => pose.flatMap(({ x, y, score }) => [x, y, score]);

/** The draft stored in an export of ours; undefined if the value is not one. */
export function poseOfNumbers(value: unknown): Pose | undefined {
  if (!Array.isArray(value) || value.length !== 3 * JOINT_COUNT || !value.every(isFiniteNumber)) return undefined;
  return JOINTS.map((_, i) => keypoint(value[3 * i] ?? 0, value[3 * i + 1] ?? 0, value[3 * i + 2] ?? 0));
}
