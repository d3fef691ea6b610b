/**
 * Everybody in an image: the detector's boxes, a pass of the pose network on each, and of these whoever is a person, each once and with
 * joints of their own.
 */
import type { Detection } from './detection';
import type { Pose } from './pose';
import { roiFromBox } from './roi';
import type { Roi } from './space';
import { withoutDoubles, withoutNeighboursJoints, withoutStrayFace } from './suppression';

/** Score of a box that is worth a pass: low, for the joints say more of who is a person. */
export const LEAST_BOX = 0.1;
/** Score of a person who is shown. */
export const LEAST_PERSON = 0.3;
/** A joint that scores less says nothing. */
const SEEN = 0.2;
/** Joints that make the whole evidence: a face, or a shoulder with its arm and hip. */
const ENOUGH_JOINTS = 6;

export interface Somebody<T> {
  readonly found: T;
  /** Without joints that are a neighbour's: their score is 0. */
  readonly pose: Pose;
  /** How likely somebody is there, 0..1. */
  readonly score: number;
}

/** How much the joints speak for a person, 0..1: the mean score of those that are seen, less where few are. */
export function evidence(pose: Pose): number {
  const seen = pose.filter(({ score }) => score >= SEEN);
  return seen.reduce((sum, { score }) => sum + score, 0) / Math.max(ENOUGH_JOINTS, seen.length);
}

/**
 * How likely somebody is there, 0..1. box: the detector's score. An animal may look like a person to the detector, but its joints do not: so
 * it is the box's score times the root of the evidence.
 */
export function personScore(box: number, pose: Pose): number {
  return box * Math.sqrt(evidence(pose));
}

/**
 * detections: boxes in image pixels. pass: the pose in each crop, in their order. The surest first. Rejects as the pass does.
 */
export async function everybody<T extends { readonly pose: Pose }>(
  detections: readonly Detection[],
  pass: (rois: readonly Roi[]) => Promise<readonly T[]>,
): Promise<Somebody<T>[]> {
  if (detections.length === 0) return [];
  const poses = await pass(detections.map(({ box }) => roiFromBox(box)));
  const people = poses.flatMap((found, i): Somebody<T> | [] => {
    const score = personScore(detections[i]?.score ?? 0, found.pose);
    return score >= LEAST_PERSON ? { found, pose: withoutStrayFace(found.pose), score } : [];
  });
  const distinct = withoutDoubles(people);
  const own = withoutNeighboursJoints(distinct.map(({ pose }) => pose));
  return distinct.map((person, i) => ({ ...person, pose: own[i] ?? person.pose }));
}
