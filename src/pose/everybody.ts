/**
 * Everybody in an image: the detector's boxes, a pass of the pose network on each, and those of them that are people, each once and with
 * only their own joints.
 */
import type { Detection } from './detection';
import { agreed } from './flip';
import { logistic } from './logistic';
import { MIN_JOINT_SCORE, type Pose } from './pose';
import { roiFromBox } from './roi';
import { withoutDuplicates, withoutNeighboursJoints, withoutStrayFace } from './suppression';

/** Minimum score of a box that gets a pass: low, because the pose network is the better judge of who is a person. */
export const MIN_BOX_SCORE = 0.1;
/** Minimum score of a person who is worth suggesting: at this score, about one candidate in five is a real person. */
const MIN_SUGGESTION_SCORE = 0.2;
/** Number of joints that count as full evidence: a face, or a shoulder with its arm and hip. */
const ENOUGH_JOINTS = 6;
/** A box's score is kept at least this far from 0 and 1, so that its log-odds stay finite. */
const EPSILON = 1e-3;

/** What the pose network says about a crop as a whole, in logits (training/posecade/detector/head.py). */
export interface Verdict {
  /** That somebody is in the box around which the crop was cut. */
  readonly somebody: number;
  /** How accurate the pose is: the share of the OKS thresholds from .5 to .95 that it reaches. */
  readonly quality: number;
}

/** For a network without a person head. */
const UNDECIDED: Verdict = { somebody: 0, quality: 0 };

/** What a pass on a crop found. */
export interface CropResult {
  /** Image pixels. */
  readonly pose: Pose;
  readonly verdict?: Verdict | undefined;
}

/** The score of a person: a logistic function, fitted in training on held-out images (training/detector/calibrate.py). */
export interface PersonConfidence {
  /** Weights of the box's log-odds and of the verdict's logits. */
  readonly box: number;
  readonly somebody: number;
  readonly quality: number;
  readonly offset: number;
  /** Minimum score of a person who is shown, 0..1. */
  readonly threshold: number;
}

export interface EverybodyConfidence {
  /** After one pass. */
  readonly person: PersonConfidence;
  /** After a flip test, with the mean of its two verdicts. */
  readonly flipTest: PersonConfidence;
}

export interface Somebody<T> {
  readonly found: T;
  readonly detection: Detection;
  /** Joints that belong to a neighbour have score 0. */
  readonly pose: Pose;
  /** How likely it is that somebody is there, 0..1. */
  readonly score: number;
  /** Too unlikely to be shown as a person: a suggestion at most. */
  readonly doubtful: boolean;
}

/** How strongly the joints alone, without a detector, suggest a person, 0..1: the mean score of the visible ones, less if they are few. */
export function evidence(pose: Pose): number {
  const seen = pose.filter(({ score }) => score >= MIN_JOINT_SCORE);
  return seen.reduce((sum, { score }) => sum + score, 0) / Math.max(ENOUGH_JOINTS, seen.length);
}

/**
 * How likely it is that somebody is in a detected box, 0..1, given the pose network's verdict: an animal may look like a person to the
 * detector, but not to the pose network. box: the detector's score.
 */
export function personScore(weights: PersonConfidence, box: number, { somebody, quality }: Verdict = UNDECIDED): number {
  const chance = Math.min(1 - EPSILON, Math.max(EPSILON, box));
  const odds = weights.box * Math.log(chance / (1 - chance)) + weights.somebody * somebody + weights.quality * quality;
  return logistic(odds + weights.offset);
}

const meanVerdict = (one = UNDECIDED, other = UNDECIDED): Verdict => ({
  somebody: (one.somebody + other.somebody) / 2,
  quality: (one.quality + other.quality) / 2,
});

/** The people who are likely enough, each once and with only their own joints; highest score first. */
function distinct<T>(people: readonly Omit<Somebody<T>, 'doubtful'>[], threshold: number, withDoubtful: boolean): Somebody<T>[] {
  const lowest = withDoubtful ? Math.min(MIN_SUGGESTION_SCORE, threshold) : threshold;
  const once = withoutDuplicates(people.filter(({ score }) => score >= lowest));
  const own = withoutNeighboursJoints(once.map(({ pose }) => pose));
  return once.map((person, i) => ({ ...person, pose: own[i] ?? person.pose, doubtful: person.score < threshold }));
}

/**
 * Everybody, most likely first. detections: boxes in image pixels. passes: what the pose network found in the crop around each
 * (roiFromBox), in their order; only the first of them while the search is in progress. confidence: decides who is shown. withDoubtful:
 * also returns people who are only worth suggesting.
 */
export function everybody<T extends CropResult>(
  detections: readonly Detection[],
  passes: readonly T[],
  confidence: PersonConfidence,
  withDoubtful: boolean,
): Somebody<T>[] {
  const people = passes.flatMap((found, i) => {
    const detection = detections[i];
    if (!detection) return [];
    return {
      found,
      detection,
      pose: withoutStrayFace(found.pose),
      score: personScore(confidence, detection.score, found.verdict),
    };
  });
  return distinct(people, confidence.threshold, withDoubtful);
}

/**
 * The same people, once the network has also seen the mirror image of each crop. people: including the doubtful ones, who may become
 * likely. mirrored: what it found there, mapped back to the image (pose/flip.ts), in the order of the people; people without one yet are
 * unchanged.
 */
export function everybodyFlipTested<T extends CropResult>(
  people: readonly Somebody<T>[],
  mirrored: readonly CropResult[],
  confidence: PersonConfidence,
  withDoubtful: boolean,
): Somebody<T>[] {
  const tested = people.map((person, i) => {
    const other = mirrored[i];
    if (!other) return person;
    const { found, detection } = person;
    const pose = withoutStrayFace(agreed(found.pose, other.pose, roiFromBox(detection.box)));
    const score = personScore(confidence, detection.score, meanVerdict(found.verdict, other.verdict));
    return { found, detection, pose, score };
  });
  return distinct(tested, confidence.threshold, withDoubtful);
}
