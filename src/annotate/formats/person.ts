import { keypoint, type Pose } from '../../pose/pose';
import type { Box, Size } from '../../pose/roi';
import { JOINT_COUNT } from '../../pose/skeleton';
import { boxRound } from '../box';
import type { Label, Subject } from '../document';
import { labelsFromPose } from '../document';
import { DRAFT_THRESHOLD } from '../draft';
import type { JointPlace, JointTable } from './joint-table';

/** Keeps a box's start at 0 or more, and nothing else. */
const UNKNOWN: Size = { width: Infinity, height: Infinity };

/** The box round all labelled joints, as a draft has it; undefined if there are none. */
export function boxOfLabels(labels: readonly Label[], image: Size = UNKNOWN): Box | undefined {
  const seen = labels.filter(({ visibility }) => visibility > 0);
  if (seen.length === 0) return undefined;
  const [x, y] = [Math.min(...seen.map((label) => label.x)), Math.min(...seen.map((label) => label.y))];
  const [right, bottom] = [Math.max(...seen.map((label) => label.x)), Math.max(...seen.map((label) => label.y))];
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
