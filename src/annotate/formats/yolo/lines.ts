import type { Box, Size } from '../../../pose/roi';
import type { Foreign, Subject } from '../../document';
import { shown } from '../fields';
import { extraJoints, type JointPlace, labelsByTable } from '../joint-table';
import { predicted } from '../person';
import { type Decimal, parseDecimal, toNumber } from './decimal';
import type { LineShape, Shape } from './shape';
import { fromShare, startFromShares } from './share';

/** A larger number cannot be meant as a share. */
const FAR = 10;
/** Fields before the joints: class and box. */
const HEAD = 5;

/** One line of a label file. */
export interface Line {
  readonly category: string;
  readonly person: Omit<Subject, 'id'>;
}

export const fieldsOf = (line: string): string[] => line.trim().split(/\s+/);

export const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split('\n');

/** Whether a text consists of label lines: the first one begins with a class and a number. */
export function looksLikeLabels(text: string): boolean {
  const [first] = linesOf(text).filter((line) => line.trim() !== '');
  const fields = fieldsOf(first ?? '');
  return fields.length >= 2 && /^-?\d+(\.0*)?$/.test(fields[0] ?? '') && parseDecimal(fields[1] ?? '') !== undefined;
}

/** Shapes in common use, preferred to others with as many numbers. */
const USUAL: readonly LineShape[] = [
  { count: 17, dims: 3 },
  { count: 19, dims: 3 },
  { count: 17, dims: 2 },
  { count: 19, dims: 2 },
];

/** The likely shape of label lines if data.yaml does not state it; undefined if they have no joints. */
export function inferShape(texts: readonly string[]): LineShape | undefined {
  for (const text of texts) {
    const line = linesOf(text).find((one) => one.trim() !== '');
    const numbers = fieldsOf(line ?? '').length - HEAD;
    if (!line || numbers < 4) continue;
    const usual = USUAL.find(({ count, dims }) => numbers >= count * dims && numbers <= count * dims + 2);
    if (usual) return usual;
    const thirds = fieldsOf(line).filter((_, i) => i >= HEAD && (i - HEAD) % 3 === 2);
    if (numbers % 3 === 0 && thirds.every((field) => /^[012](\.0*)?$/.test(field))) return { count: numbers / 3, dims: 3 };
    if (numbers % 2 === 0) return { count: numbers / 2, dims: 2 };
    if (numbers % 3 === 0) return { count: numbers / 3, dims: 3 };
  }
  return undefined;
}

/** Whether the third number of each joint is a score, as prediction programs write it: some lie between 0 and 1, and none above. */
export function hasScores(text: string, { table, dims }: Shape): boolean {
  if (dims !== 3) return false;
  const last = HEAD + 3 * table.length;
  const scores = linesOf(text).flatMap((line) =>
    fieldsOf(line)
      .slice(HEAD, last)
      .filter((_, i) => i % 3 === 2)
      .map(Number),
  );
  return scores.some((score) => score > 0 && score < 1) && scores.every((score) => score >= 0 && score <= 1);
}

/** Reads one line; undefined if something is wrong with it, which is reported to `complain`. */
export function readLine(
  fields: readonly string[],
  shape: Shape,
  scores: boolean,
  size: Size,
  complain: (what: string) => void,
): Line | undefined {
  const { table, dims, classes } = shape;
  const needed = HEAD + table.length * dims;
  if (fields.length < needed || fields.length > needed + 2) {
    return void complain(
      `Expected ${needed} numbers (class, box, ${table.length} joints × ${dims}), but found ${fields.length}.`,
    );
  }
  const numbers: Decimal[] = [];
  for (const [i, field] of fields.entries()) {
    const number = field.length > 400 ? undefined : parseDecimal(field);
    if (!number) complain(`Number ${i + 1}, ${shown(field)}, is not a number.`);
    else numbers.push(number);
  }
  if (numbers.length < fields.length) return undefined;
  const at = (i: number): Decimal => numbers[i] ?? { digits: 0n, places: 0 };
  let sound = true;
  const fail = (what: string) => {
    sound = false;
    complain(what);
  };
  const number = toNumber(at(0));
  const category = classes ? classes.get(number) : number === 0 ? 'person' : `class ${number}`;
  if (category === undefined)
    fail(`Its class is ${fields[0]}, but the dataset names only ${[...(classes?.keys() ?? [])].join(', ')}.`);
  if (at(3).digits < 0n || at(4).digits < 0n) fail('The box has a negative width or height.');
  const shares = numbers.filter((_, i) => i > 0 && i < needed && (i < HEAD || (i - HEAD) % dims < 2));
  if (shares.some((share) => Math.abs(toNumber(share)) > FAR)) {
    fail('Some numbers are far outside the range 0 to 1 (fractions of the image); are they pixels?');
  }
  const places = table.map((_, joint): JointPlace => {
    const first = HEAD + joint * dims;
    const nowhere = at(first).digits === 0n && at(first + 1).digits === 0n;
    const v = dims === 3 ? toNumber(at(first + 2)) : nowhere ? 0 : 2;
    if (!scores && v !== 0 && v !== 1 && v !== 2)
      fail(`The visibility of joint ${joint + 1} must be 0, 1 or 2, but here it is ${v}.`);
    return { x: fromShare(at(first), size.width), y: fromShare(at(first + 1), size.height), v };
  });
  const predicts = trailing(numbers.slice(needed).map(toNumber), fail);
  if (!sound || category === undefined) return undefined;
  const box: Box = {
    x: startFromShares(at(1), at(3), size.width),
    y: startFromShares(at(2), at(4), size.height),
    width: fromShare(at(3), size.width),
    height: fromShare(at(4), size.height),
  };
  const confidence = predicts?.score;
  const draft = scores
    ? predicted(table, places)
    : confidence !== undefined
      ? predicted(
          table,
          places.map((place) => ({ ...place, v: place.v > 0 ? confidence : 0 })),
        )
      : { labels: labelsByTable(table, places), prediction: undefined };
  const foreign: Foreign = { ...predicts, ...extraJoints(table, shape.jointNames, places) };
  return {
    category,
    person: {
      box,
      ...draft,
      foreign: Object.keys(foreign).length > 0 ? foreign : undefined,
      ...(category !== 'person' && { category }),
    },
  };
}

/** What Ultralytics writes after the joints of a prediction: the box's score (save_conf) and the track's id, both optional. */
function trailing(numbers: readonly number[], fail: (what: string) => void): { score?: number; track_id?: number } | undefined {
  const [first, second] = numbers;
  if (first === undefined) return undefined;
  const isScore = first >= 0 && first <= 1;
  if (second === undefined && !isScore && Number.isInteger(first)) return { track_id: first };
  if (!isScore) return void fail(`The number after the joints must be a score from 0 to 1, but here it is ${first}.`);
  return second === undefined ? { score: first } : { score: first, track_id: second };
}
