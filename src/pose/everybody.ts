/**
 * Everybody in an image: the detector's boxes, a pass of the pose network on each, and of these whoever is a person, each once and with
 * joints of their own.
 */
import type { Detection } from './detection';
import { agreed, agreement } from './flip';
import { AREA_OF_BOX } from './oks';
import type { Pose } from './pose';
import { type Box, boxFromPose, overlap, roiFromBox } from './roi';
import { withoutDoubles, withoutNeighboursJoints, withoutStrayFace } from './suppression';

/** Score of a box that is worth a pass: low, for the joints say more of who is a person. */
export const LEAST_BOX = 0.1;
/** Score of a person who is worth a suggestion: one in five is somebody. */
const LEAST_SUGGESTION = 0.2;
/** A joint that scores less says nothing. */
const SEEN = 0.2;
/** Joints that make the whole evidence: a face, or a shoulder with its arm and hip. */
const ENOUGH_JOINTS = 6;
/** Joints lie inside the body: a box is wider than their extent by this share of it on every side (training/posecade/detector/person.py). */
const AROUND_JOINTS = 0.08;
/** How close to 0 and 1 a box's score counts. */
const SMALLEST = 1e-3;

/** The score of a person: a logistic function, fitted by training on images held out (training/detector/calibrate.py). */
export interface PersonConfidence {
  /** Weights of the box's log-odds, of how well the joints fill the box, and of what the joints say (see EverybodyConfidence). */
  readonly box: number;
  readonly fill: number;
  readonly joints: number;
  readonly offset: number;
  /** The score of a person who is shown, 0..1. */
  readonly least: number;
}

export interface EverybodyConfidence {
  /** After one pass: the joints' mean score. */
  readonly person: PersonConfidence;
  /** After a flip test: how far both passes agree (pose/flip.ts). */
  readonly flipTest: PersonConfidence;
}

export interface Somebody<T> {
  readonly found: T;
  readonly detection: Detection;
  /** Without joints that are a neighbour's: their score is 0. */
  readonly pose: Pose;
  /** How likely somebody is there, 0..1. */
  readonly score: number;
  /** Too unlikely to be shown as a person: a suggestion at most. */
  readonly doubtful: boolean;
}

/** How much the joints speak for a person where no detector does, 0..1: the mean score of those that are seen, less where few are. */
export function evidence(pose: Pose): number {
  const seen = pose.filter(({ score }) => score >= SEEN);
  return seen.reduce((sum, { score }) => sum + score, 0) / Math.max(ENOUGH_JOINTS, seen.length);
}

/** Intersection over union of a box and the extent of the joints in it, 0..1; 0 with fewer than three joints seen. */
function fill(box: Box, pose: Pose): number {
  const extent = boxFromPose(pose, SEEN);
  return extent ? overlap(box, grown(extent, AROUND_JOINTS)) : 0;
}

const grown = ({ x, y, width, height }: Box, share: number): Box => ({
  x: x - share * width,
  y: y - share * height,
  width: (1 + 2 * share) * width,
  height: (1 + 2 * share) * height,
});

/**
 * How likely somebody is in a detected box, 0..1, now that the joints in it are known: an animal may look like a person to the detector, but
 * its joints do not. joints: what they say, 0..1; if not given, their mean score.
 */
export function personScore(
  confidence: PersonConfidence,
  { box, score }: Detection,
  pose: Pose,
  joints = pose.reduce((sum, joint) => sum + joint.score, 0) / Math.max(1, pose.length),
): number {
  const chance = Math.min(1 - SMALLEST, Math.max(SMALLEST, score));
  const odds = confidence.box * Math.log(chance / (1 - chance)) + confidence.fill * fill(box, pose) + confidence.joints * joints;
  return 1 / (1 + Math.exp(-(odds + confidence.offset)));
}

/** Whoever is likely enough, each once and with joints of their own; the surest first. */
function distinct<T>(people: readonly Omit<Somebody<T>, 'doubtful'>[], least: number, withDoubtful: boolean): Somebody<T>[] {
  const lowest = withDoubtful ? Math.min(LEAST_SUGGESTION, least) : least;
  const once = withoutDoubles(people.filter(({ score }) => score >= lowest));
  const own = withoutNeighboursJoints(once.map(({ pose }) => pose));
  return once.map((person, i) => ({ ...person, pose: own[i] ?? person.pose, doubtful: person.score < least }));
}

/**
 * detections: boxes in image pixels. passes: what the pose network found in the crop around each (roiFromBox), in their order; while it is still
 * at work, in the first of them. confidence: who is shown. withDoubtful: those who are worth a suggestion, too. The surest first.
 */
export function everybody<T extends { readonly pose: Pose }>(
  detections: readonly Detection[],
  passes: readonly T[],
  confidence: PersonConfidence,
  withDoubtful: boolean,
): Somebody<T>[] {
  const people = passes.flatMap((found, i) => {
    const detection = detections[i];
    if (!detection) return [];
    return { found, detection, pose: withoutStrayFace(found.pose), score: personScore(confidence, detection, found.pose) };
  });
  return distinct(people, confidence.least, withDoubtful);
}

/**
 * The same people, once the network has seen the mirror image of each crop, too. people: with those who are doubtful, whom it may make likely.
 * mirrored: what it found there, as it lies in the image (pose/flip.ts), in the order of the people; who has none yet stays as they are.
 */
export function everybodyFlipTested<T extends { readonly pose: Pose }>(
  people: readonly Somebody<T>[],
  mirrored: readonly Pose[],
  confidence: PersonConfidence,
  withDoubtful: boolean,
): Somebody<T>[] {
  const tested = people.map((person, i) => {
    const other = mirrored[i];
    if (!other) return person;
    const { found, detection } = person;
    const { box } = detection;
    const pose = agreed(found.pose, other, roiFromBox(box));
    const joints = agreement(found.pose, other, AREA_OF_BOX * box.width * box.height);
    return { found, detection, pose: withoutStrayFace(pose), score: personScore(confidence, detection, pose, joints) };
  });
  return distinct(tested, confidence.least, withDoubtful);
}
