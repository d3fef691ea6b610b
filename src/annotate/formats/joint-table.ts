import { COCO_COUNT, JOINT_COUNT } from '../../pose/skeleton';
import { imagePoint } from '../../pose/space';
import { type Foreign, type Label, noLabels } from '../document';
import { guessJoint, numbersOf } from './joint-names';

/** What becomes of a file's joint: one of JOINTS by its number, a field of its own that an export writes back, or nothing. */
export type JointTarget = number | 'keep' | 'drop';

/** For each joint of a file, in the file's order, what it is here. */
export type JointTable = readonly JointTarget[];

/** Joints of a file that only the user can identify. */
export interface JointQuestion {
  /** Files with the same joints have the same key, so that one answer does for all of them. */
  readonly key: string;
  readonly file: string;
  /** As named in the file; numbers from 1 if it names none. */
  readonly names: readonly string[];
  /** The file does not say what they are. */
  readonly nameless: boolean;
  readonly guess: JointTable;
}

/** The user's answers to the questions of one import, by the questions' keys. */
export type JointAnswers = Readonly<Record<string, JointTable>>;

/** What a file says about its joints: their names, or how many there are. */
export interface FileJoints {
  readonly file: string;
  readonly names: readonly unknown[] | undefined;
  readonly count: number;
}

/** Larger than any skeleton that is in use (133 with hands and face). */
export const MAX_JOINTS = 500;

/** Which joints a file has, or the question to ask. */
export function jointTable({ file, names, count }: FileJoints, answers: JointAnswers): JointTable | JointQuestion {
  const given = names?.map(String) ?? Array.from({ length: count }, (_, i) => String(i + 1));
  const numbers = numbersOf(given);
  const guesses = given.map(guessJoint);
  const joints = guesses.map(({ joint }) => joint);
  const distinct = joints.every((joint, i) => joint !== undefined && joints.indexOf(joint) === i);
  if (!numbers && distinct && guesses.every(({ sure }) => sure)) return joints.map((joint) => joint ?? 'drop');
  const key = names ? `names:${given.join('|')}` : `count:${count}`;
  const answer = answers[key];
  if (answer) return answer;
  return { key, file, names: given, nameless: numbers !== undefined, guess: numbers ? byNumber(numbers) : byName(joints) };
}

export const isQuestion = (table: JointTable | JointQuestion): table is JointQuestion => !Array.isArray(table);

/** Whether a stored answer is valid for `length` joints: it may be damaged, or from an older version. */
export function isTable(value: unknown, length: number): value is JointTable {
  const isTarget = (one: unknown) =>
    one === 'keep' || one === 'drop' || (Number.isInteger(one) && Number(one) >= 0 && Number(one) < JOINT_COUNT);
  return Array.isArray(value) && value.length === length && value.every(isTarget);
}

/** The guess for joints that are only numbered: our order if there are 19, COCO's for the first 17 of any other 17 or more, else none. */
function byNumber(numbers: readonly number[]): JointTable {
  const known = numbers.length === JOINT_COUNT ? JOINT_COUNT : COCO_COUNT;
  return numbers.map((number) => (numbers.length >= COCO_COUNT && number < known ? number : 'keep'));
}

/** The guess by names; if two names mean the same joint, the first gets it. */
function byName(joints: readonly (number | undefined)[]): JointTable {
  return joints.map((joint, i) => (joint === undefined || joints.indexOf(joint) < i ? 'keep' : joint));
}

/** The position that a file gives for a joint. */
export interface JointPlace {
  readonly x: number;
  readonly y: number;
  /** COCO's visibility; anything but 1 and 2 is no label. */
  readonly v: number;
}

/** 19 labels from a file's joints; those that the file lacks stay without a label. */
export function labelsByTable(table: JointTable, places: readonly JointPlace[]): Label[] {
  const labels = noLabels();
  table.forEach((target, i) => {
    const place = places[i];
    if (typeof target !== 'number' || !place || (place.v !== 1 && place.v !== 2)) return;
    labels[target] = { ...imagePoint(place.x, place.y), visibility: place.v };
  });
  return labels;
}

/** The name of a person's foreign field for joints that are not among ours, [x, y, v] by name. */
const EXTRA = 'extra_keypoints';

export function extraJoints(table: JointTable, names: readonly unknown[] | undefined, places: readonly JointPlace[]): Foreign {
  const extra = table.flatMap((target, i) => {
    const place = places[i];
    return target === 'keep' && place ? [[String(names?.[i] ?? i + 1), [place.x, place.y, place.v]] as const] : [];
  });
  return extra.length > 0 ? { [EXTRA]: Object.fromEntries(extra) } : {};
}
