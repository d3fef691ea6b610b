import { EDGES, type JointName, jointIndex, jointLabel } from '../../pose/skeleton';
import type { Subject } from '../document';
import { type Case, distance, median, placed, type Remark, spread } from './finding';

/** At least this many people must show a bone or an angle before any of them can count as unusual. */
const ENOUGH = 8;
/** A person needs at least this many bones before their size can be estimated. */
const BONES = 5;
/** How many deviations count as unusual. A bone that points towards the camera looks short, so the limit for short ones is higher. */
const [LONG, SHORT, BENT] = [4.5, 7, 4.5];
/** The spread counts as at least this (log length; degrees), so that small differences between near-identical poses are not flagged. */
const [MIN_LENGTH_DEVIATION, MIN_ANGLE_DEVIATION] = [0.15, 12];

const angle = (from: JointName, at: JointName, to: JointName) => [from, at, to].map(jointIndex) as [number, number, number];
const ANGLES = [
  angle('left_shoulder', 'left_elbow', 'left_wrist'),
  angle('right_shoulder', 'right_elbow', 'right_wrist'),
  angle('left_hip', 'left_knee', 'left_ankle'),
  angle('right_hip', 'right_knee', 'right_ankle'),
  angle('head_top', 'neck', 'left_shoulder'),
  angle('head_top', 'neck', 'right_shoulder'),
  angle('left_shoulder', 'left_hip', 'left_knee'),
  angle('right_shoulder', 'right_hip', 'right_knee'),
];

/** Bones and angles that are far from the rest of the session. One list of remarks for each case. */
export function checkShapes(cases: readonly Case[]): Remark[][] {
  const lengths = relativeLengths(cases.map(({ subject }) => subject));
  const angles = cases.map(({ subject }) => ANGLES.map((joints) => angleOf(subject, joints)));
  const usual = EDGES.map((_, bone) => usualOf(lengths, bone, MIN_LENGTH_DEVIATION));
  const usualAngles = ANGLES.map((_, i) => usualOf(angles, i, MIN_ANGLE_DEVIATION));
  return cases.map((_, i) => [
    ...EDGES.flatMap((bone, k) => remarkLength(bone, lengths[i]?.[k], usual[k])),
    ...ANGLES.flatMap((joints, k) => remarkAngle(joints, angles[i]?.[k], usualAngles[k])),
  ]);
}

type Maybe = number | undefined;
type Usual = { readonly middle: number; readonly deviation: number } | undefined;

function usualOf(rows: readonly (readonly Maybe[])[], column: number, least: number): Usual {
  const values = rows.flatMap((row) => row[column] ?? []);
  if (values.length < ENOUGH) return undefined;
  const middle = median(values);
  return { middle, deviation: Math.max(least, spread(values, middle)) };
}

/**
 * The logarithm of each bone's length relative to what is usual for a person of that size. First the usual share of the box is found for
 * each bone, then the person's size from the median of their bones, so that people who crouch or are only half visible can be measured too.
 */
function relativeLengths(subjects: readonly Subject[]): Maybe[][] {
  const lengths = subjects.map((subject) => EDGES.map((bone) => logLength(subject, bone)));
  const boxed = lengths.map((row, i) => row.map((length) => length !== undefined && length - logSize(subjects[i])));
  const usual = EDGES.map((_, bone) => median(boxed.flatMap((row) => (typeof row[bone] === 'number' ? [row[bone]] : []))));
  return lengths.map((row) => {
    const known = row.flatMap((length, bone) => (length === undefined ? [] : [length - (usual[bone] ?? 0)]));
    const size = known.length < BONES ? undefined : median(known);
    return row.map((length, bone) =>
      length === undefined || size === undefined ? undefined : length - (usual[bone] ?? 0) - size,
    );
  });
}

const logSize = (subject: Subject | undefined) => Math.log(Math.max(1, subject?.box.width ?? 1, subject?.box.height ?? 1));

function logLength(subject: Subject, [a, b]: readonly [number, number]): Maybe {
  const [from, to] = [placed(subject, a), placed(subject, b)];
  return from && to && Math.log(Math.max(1, distance(from, to)));
}

/** Degrees, 0..180. */
function angleOf(subject: Subject, [from, at, to]: readonly [number, number, number]): Maybe {
  const [a, b, c] = [placed(subject, from), placed(subject, at), placed(subject, to)];
  if (!a || !b || !c) return undefined;
  const turn = Math.atan2(a.y - b.y, a.x - b.x) - Math.atan2(c.y - b.y, c.x - b.x);
  return (Math.acos(Math.cos(turn)) * 180) / Math.PI;
}

function remarkLength(joints: readonly [number, number], length: Maybe, usual: Usual): Remark[] {
  if (length === undefined || !usual) return [];
  const far = (length - usual.middle) / usual.deviation;
  if (far < LONG && far > -SHORT) return [];
  const times = Math.exp(Math.abs(length - usual.middle)).toFixed(1);
  const bone = `From ${jointLabel(joints[0])} to ${jointLabel(joints[1])}`;
  const what = `${bone}: ${times} times ${far > 0 ? 'longer' : 'shorter'} than usual in this session.`;
  return [{ kind: 'limb', severity: far > 0 ? 2 : 1, joints, what }];
}

function remarkAngle(joints: readonly [number, number, number], degrees: Maybe, usual: Usual): Remark[] {
  if (degrees === undefined || !usual || Math.abs(degrees - usual.middle) < BENT * usual.deviation) return [];
  const what = `The angle at the ${jointLabel(joints[1])}, between ${jointLabel(joints[0])} and ${jointLabel(joints[2])}, is ${Math.round(degrees)} degrees; usual in this session: ${Math.round(usual.middle)}.`;
  return [{ kind: 'angle', severity: 1, joints, what }];
}
