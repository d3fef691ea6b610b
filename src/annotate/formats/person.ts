import { keypoint, type Pose } from '../../pose/pose';
import type { Box, Size } from '../../pose/roi';
import { JOINT_COUNT } from '../../pose/skeleton';
import type { ImagePoint } from '../../pose/space';
import { boxRound } from '../box';
import type { Subject } from '../document';
import { labelsFromPose } from '../document';
import { DRAFT_THRESHOLD } from '../draft';
import type { JointPlace, JointTable } from './joint-table';

/** Keeps a box's start at 0 or more, and nothing else. */
const UNKNOWN: Size = { width: Infinity, height: Infinity };

/**
 * The box round all labelled joints, as a draft has it, or else round all joints of the prediction, whose scores are then too low for
 * labels; undefined if there are neither.
 */
export function boxOfJoints(
  { labels, prediction = [] }: Pick<Subject, 'labels' | 'prediction'>,
  image: Size = UNKNOWN,
): Box | undefined {
  const seen = labels.filter(({ visibility }) => visibility > 0);
  const places: readonly ImagePoint[] = seen.length > 0 ? seen : prediction.filter(({ score }) => score > 0);
  if (places.length === 0) return undefined;
  const [x, y] = [Math.min(...places.map((place) => place.x)), Math.min(...places.map((place) => place.y))];
  const [right, bottom] = [Math.max(...places.map((place) => place.x)), Math.max(...places.map((place) => place.y))];
  return boxRound({ x, y, width: right - x, height: bottom - y }, image);
}

/**
 * Another program's prediction as a draft: the joints with their scores, labelled where these are high enough. `places` have a score
 * (0..1) as v. Some programs write (0, 0) for a joint that they are not sure of: that is not a position.
 */
export function predicted(table: JointTable, places: readonly JointPlace[]): Pick<Subject, 'labels' | 'prediction'> {
  const pose = Array.from({ length: JOINT_COUNT }, () => keypoint(0, 0, 0));
  table.forEach((target, i) => {
    const place = places[i];
    if (typeof target !== 'number' || !place) return;
    pose[target] = keypoint(place.x, place.y, place.x === 0 && place.y === 0 ? 0 : place.v);
  });
  return { labels: labelsFromPose(pose satisfies Pose, DRAFT_THRESHOLD, undefined), prediction: pose };
}
