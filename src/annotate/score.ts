import { AREA_OF_BOX, oksTerm } from '../pose/oks';
import type { Pose } from '../pose/pose';
import { COCO_COUNT, JOINT_COUNT, jointIndex } from '../pose/skeleton';
import type { Subject } from './document';

/**
 * How well drafts find the joints of a ground truth. The definitions are those of the project's published figures: OKS with COCO's sigmas
 * over its 17 joints, area 0.53 of the box; AR the mean over OKS .50:.05:.95 of the share of people above; PCK@t the share of labelled limb
 * joints (shoulders to ankles) within t torso lengths (left shoulder to right hip), over people whose torso is labelled and longer than
 * 12 px.
 */

const MIN_TORSO = 12;
const FIRST_LIMB = jointIndex('left_shoulder');
const [SHOULDER, HIP] = [jointIndex('left_shoulder'), jointIndex('right_hip')];
const LEVELS = Array.from({ length: 10 }, (_, i) => 0.5 + i * 0.05);

export const PCK_AT = [0.05, 0.1, 0.2] as const;

/** A person in the ground truth and the draft compared with it; without a draft all joints count as missed. */
export interface Pair {
  readonly truth: Pick<Subject, 'labels' | 'box'>;
  readonly draft: Pose | undefined;
}

/** Shares 0..1; undefined where there is nothing to count. */
export interface Score {
  /** People in the ground truth. */
  readonly people: number;
  readonly ar: number | undefined;
  readonly oks: number | undefined;
  /** At 0.05, 0.1 and 0.2. */
  readonly pck: readonly (number | undefined)[];
  /** PCK@0.2 of neck and head_top. */
  readonly headPck: number | undefined;
  /** Expected calibration error: how far the drafts' scores are from the share of limb joints within 0.1 torso. */
  readonly ece: number | undefined;
}

interface Joint {
  readonly joint: number;
  /** Image pixels; infinite without a draft. */
  readonly error: number;
  readonly score: number | undefined;
}

interface Judged {
  readonly oks: number;
  /** undefined: not labelled, or too short to measure with. */
  readonly torso: number | undefined;
  /** The joints labelled in the ground truth. */
  readonly joints: readonly Joint[];
  readonly oksOf: (joint: Joint) => number;
}

export function score(pairs: readonly Pair[]): Score {
  const judged = pairs.map(judge);
  const oks = judged.map((person) => person.oks);
  const above = (level: number) => share(oks, (value) => value > level);
  const limbs = measured(judged, (joint) => joint >= FIRST_LIMB && joint < COCO_COUNT);
  return {
    people: pairs.length,
    ar: mean(LEVELS.flatMap((level) => above(level) ?? [])),
    oks: mean(oks),
    pck: PCK_AT.map((t) => share(limbs, ({ error }) => error < t)),
    headPck: share(
      measured(judged, (joint) => joint >= COCO_COUNT),
      ({ error }) => error < 0.2,
    ),
    ece: calibrationError(limbs),
  };
}

export interface JointScore {
  readonly joint: number;
  /** How often the ground truth labels it, among people whose torso can be measured. */
  readonly count: number;
  readonly pck: readonly (number | undefined)[];
  /** Mean of its own term of OKS; undefined for neck and head_top, which COCO does not have. */
  readonly oks: number | undefined;
}

/** The scores of each joint. */
export function scoreJoints(pairs: readonly Pair[]): JointScore[] {
  const judged = pairs.map(judge);
  return Array.from({ length: JOINT_COUNT }, (_, joint) => {
    const errors = measured(judged, (other) => other === joint);
    const terms = judged.flatMap((person) => person.joints.filter((one) => one.joint === joint).map(person.oksOf));
    return {
      joint,
      count: errors.length,
      pck: PCK_AT.map((t) => share(errors, ({ error }) => error < t)),
      oks: joint < COCO_COUNT ? mean(terms) : undefined,
    };
  });
}

function judge({ truth: { labels, box }, draft }: Pair): Judged {
  const area = AREA_OF_BOX * box.width * box.height;
  const joints = labels.flatMap((label, joint): Joint[] => {
    if (label.visibility === 0) return [];
    const found = draft?.[joint];
    return [{ joint, error: found ? Math.hypot(found.x - label.x, found.y - label.y) : Infinity, score: found?.score }];
  });
  const oksOf = ({ joint, error }: Joint) => oksTerm(error, area, joint);
  const terms = joints.filter(({ joint }) => joint < COCO_COUNT).map(oksOf);
  const [shoulder, hip] = [labels[SHOULDER], labels[HIP]];
  const torso = shoulder?.visibility && hip?.visibility ? Math.hypot(shoulder.x - hip.x, shoulder.y - hip.y) : 0;
  return { oks: mean(terms) ?? 0, torso: torso > MIN_TORSO ? torso : undefined, joints, oksOf };
}

/** The OKS of a draft against a person in the ground truth, 0..1. */
export function oksOf(pair: Pair): number {
  return judge(pair).oks;
}

/** Labelled joints of people whose torso can be measured; errors in torso lengths. */
function measured(people: readonly Judged[], wanted: (joint: number) => boolean): Joint[] {
  return people.flatMap(({ torso, joints }) =>
    torso === undefined
      ? []
      : joints.filter(({ joint }) => wanted(joint)).map((joint) => ({ ...joint, error: joint.error / torso })),
  );
}

function calibrationError(joints: readonly Joint[]): number | undefined {
  const scored = joints.flatMap(({ score, error }) => (score === undefined ? [] : [{ score, hit: error < 0.1 ? 1 : 0 }]));
  if (scored.length === 0) return undefined;
  const bins = Array.from({ length: 10 }, (_, bin) =>
    scored.filter(({ score }) => Math.min(9, Math.max(0, Math.trunc(score * 10))) === bin),
  );
  return bins.reduce((sum, bin) => {
    const gap = (mean(bin.map(({ score }) => score)) ?? 0) - (mean(bin.map(({ hit }) => hit)) ?? 0);
    return sum + (Math.abs(gap) * bin.length) / scored.length;
  }, 0);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share<T>(values: readonly T[], holds: (value: T) => boolean): number | undefined {
  return values.length === 0 ? undefined : values.filter(holds).length / values.length;
}
