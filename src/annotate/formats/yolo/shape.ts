import { COCO_COUNT, MIRROR } from '../../../pose/skeleton';
import type { ReadContext } from '../context';
import { type Fields, isFields, shown } from '../fields';
import { type JointTable, MAX_JOINTS } from '../joint-table';
import type { Problems } from '../problem';

/** What the lines of a data set's label files mean. */
export interface Shape {
  /** What each joint of a line is. */
  readonly table: JointTable;
  readonly jointNames: readonly unknown[] | undefined;
  /** Numbers for each joint: x, y and perhaps visibility or score. */
  readonly dims: 2 | 3;
  /** The name of each class, by its number; undefined if the data set names none. */
  readonly classes: ReadonlyMap<number, string> | undefined;
}

/** How many joints a line has, and how many numbers each. */
export type LineShape = Pick<Shape, 'dims'> & { readonly count: number };

/** Reads data.yaml; undefined if there are problems or a question for the user. `notes` gets interpretations the user should know about. */
export function readShape(
  data: unknown,
  inferred: LineShape | undefined,
  context: ReadContext,
  problems: Problems,
  notes: string[],
): Shape | undefined {
  const fields = isFields(data) ? data : {};
  const line = lineShape(fields, inferred, problems);
  if (!line) return undefined;
  const { count, dims } = line;
  const names = jointNames(fields);
  if (names && names.length !== count) {
    problems.add('kpt_names', `There are ${names.length} names for ${count} joints.`);
    return undefined;
  }
  const usual = !names && fields.kpt_shape !== undefined && count === COCO_COUNT;
  const order: JointTable = Array.from({ length: count }, (_, i) => i);
  const table = usual && checkFlip(fields.flip_idx, order, notes) ? order : context.joints({ file: problems.file, names, count });
  if (table && names) checkFlip(fields.flip_idx, table, notes);
  return table && { table, jointNames: names, dims, classes: classNames(fields.names) };
}

function lineShape({ kpt_shape }: Fields, inferred: LineShape | undefined, problems: Problems): LineShape | undefined {
  if (kpt_shape === undefined && inferred) return inferred;
  const [count, dims] = Array.isArray(kpt_shape) ? (kpt_shape as unknown[]) : tuple(kpt_shape);
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MAX_JOINTS || (dims !== 2 && dims !== 3)) {
    return void problems.add('kpt_shape', `It must be [joints, 2 or 3], but here it is ${shown(kpt_shape)}.`);
  }
  return { count, dims };
}

/** Python's '(17, 3)', which is text in YAML. */
function tuple(value: unknown): number[] {
  const [, count, dims] = /^\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(String(value)) ?? [];
  return count === undefined ? [] : [Number(count), Number(dims)];
}

/** Ultralytics has a list of names per class; it is the same for all classes. */
function jointNames({ kpt_names }: Fields): readonly unknown[] | undefined {
  if (Array.isArray(kpt_names)) return kpt_names;
  const [first] = isFields(kpt_names) ? (Object.values(kpt_names) as unknown[]) : [];
  return Array.isArray(first) ? first : undefined;
}

function classNames(names: unknown): ReadonlyMap<number, string> | undefined {
  const entries = isFields(names) || Array.isArray(names) ? Object.entries(names) : [];
  return entries.length > 0 ? new Map(entries.map(([number, name]) => [Number(number), String(name)])) : undefined;
}

/**
 * Whether flip_idx fits. It says which joints are swapped in a mirrored image, as the joints' names do; if it differs, and there are no
 * names, the joints may be in another order than we assume. One that swaps nothing is a common mistake and proves nothing.
 */
function checkFlip(flip: unknown, table: JointTable, notes: string[]): boolean {
  if (flip === undefined || flip === null) return true;
  const expected = table.map((target) => (typeof target === 'number' ? table.indexOf(MIRROR[target] ?? target) : -1));
  const given = JSON.stringify(Array.isArray(flip) ? flip.slice(0, MAX_JOINTS) : null);
  if (expected.includes(-1) || given === JSON.stringify(expected)) return true;
  const identity = given === JSON.stringify(table.map((_, i) => i));
  if (identity)
    notes.push(
      'flip_idx does not swap left and right joints, so the joints were identified by their order. Training with this flip_idx would give worse results.',
    );
  else notes.push('flip_idx does not fit the joints; it would confuse left and right in training.');
  return identity;
}
