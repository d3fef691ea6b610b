import { parse, YAMLParseError } from 'yaml';
import type { Size } from '../../../pose/roi';
import { COCO_COUNT, JOINT_COUNT, MIRROR } from '../../../pose/skeleton';
import { EMPTY_DOCUMENT, type ImageDocument, withSubject } from '../../document';
import { type Fields, isFields, shown } from '../fields';
import type { TextFile } from '../format';
import { jointsByName, labelsInOrder } from '../joints';
import { type KnownImage, matcher, withoutEnding } from '../match';
import { isText, isYaml } from '../names';
import { type Imported, type ImportedImage, type MissingImages, type Problem, Problems } from '../problem';
import { type Decimal, parseDecimal, toNumber } from './decimal';
import { fromShare, LABELS, startFromShares } from './write';

/** Reads the one data set among these files. */
export function readYoloFiles(files: readonly TextFile[], images: readonly KnownImage[], missing: MissingImages): Imported {
  const [yaml, other] = files.filter(isYaml);
  const labels = files.filter(isText);
  const broken = (file: string, what: string): Imported => ({ ok: false, problems: [{ file, where: '', what, kind: 'broken' }] });
  if (!yaml) return broken('', 'data.yaml is missing.');
  if (other) return broken(other.path, 'There are several data.yaml. Drop one data set at a time.');
  if (labels.length === 0) return broken(yaml.path, 'There are no label files (.txt) with it.');
  return readYolo(yaml, labels, images, missing);
}

/**
 * Reads a YOLO-pose data set: data.yaml and the label files. An image is found by its label file's path without the ending; an image
 * without a label file is left as it is. Either everything is read or every problem is told.
 */
export function readYolo(
  yaml: TextFile,
  labels: readonly TextFile[],
  images: readonly KnownImage[],
  missing: MissingImages,
): Imported {
  const top = new Problems(yaml.path);
  const shape = readShape(yaml.text, top);
  const problems: Problem[] = [...top.list];
  const find = matcher(images, withoutEnding);
  const taken = new Map<KnownImage, string>();
  const read: ImportedImage[] = [];
  for (const { path, text } of labels) {
    const own = new Problems(path);
    const found = find(imagePath(path));
    if (found === 'missing' && missing === 'skip') continue;
    if (found === 'missing') own.add('', 'The image that it labels is not here. Add it first.', 'missing-image');
    else if (found === 'ambiguous') own.add('', 'Several images here could be the one that it labels.');
    else if (taken.has(found)) own.add('', `${taken.get(found)} labels the same image.`);
    else if (!found.size) own.add('', 'The image that it labels could not be opened, so its size is not known.');
    const known = typeof found === 'string' ? undefined : found;
    if (known) taken.set(known, path);
    if (shape) {
      const document = readLabels(text, shape, known?.size ?? { width: 1, height: 1 }, own);
      if (known) read.push({ id: known.id, document, verdict: 'open', edited: false, foreign: undefined });
    }
    problems.push(...own.list);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, images: read };
}

/** 'set/labels/train/a.txt' -> 'train/a': what the image's path ends with, whatever its folder of images is called. */
function imagePath(path: string): string {
  const from = path.lastIndexOf(`/${LABELS}`);
  const inside = from >= 0 ? path.slice(from + 1 + LABELS.length) : path.startsWith(LABELS) ? path.slice(LABELS.length) : path;
  return withoutEnding(inside);
}

/** A share this large means something else. */
const FAR = 10;

interface Shape {
  /** Which of JOINTS each joint of a line is. */
  readonly order: readonly number[];
  /** Numbers a joint: x, y and perhaps v. */
  readonly dims: 2 | 3;
  /** The number of the class whose lines are people. */
  readonly person: number;
}

function readShape(text: string, problems: Problems): Shape | undefined {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    problems.add(line === undefined ? '' : `line ${line}`, 'This is not YAML.');
    return undefined;
  }
  if (!isFields(data)) return void problems.add('', 'data.yaml has to name kpt_shape and names.');
  const [count, dims] = Array.isArray(data.kpt_shape) ? (data.kpt_shape as unknown[]) : [];
  if (!Number.isInteger(count) || (dims !== 2 && dims !== 3)) {
    return void problems.add('kpt_shape', `It has to be [joints, 2 or 3]; here it is ${shown(data.kpt_shape)}.`);
  }
  const order = readOrder(data, count as number, problems);
  const person = readClass(data.names, problems);
  checkFlip(data.flip_idx, order, problems);
  return order && person !== undefined ? { order, dims, person } : undefined;
}

/** By kpt_names if there are any, else COCO's order or ours, by their number. */
function readOrder(data: Fields, count: number, problems: Problems): readonly number[] | undefined {
  const named = isFields(data.kpt_names) || Array.isArray(data.kpt_names) ? Object.values(data.kpt_names) : [];
  const names: unknown = Array.isArray(data.kpt_names) ? data.kpt_names : named[0];
  if (Array.isArray(names)) {
    const before = problems.list.length;
    const order = jointsByName(names, (what) => problems.add('kpt_names', what));
    if (names.length !== count) problems.add('kpt_names', `There are ${names.length} names for ${count} joints.`);
    return problems.list.length > before ? undefined : order;
  }
  if (count === COCO_COUNT || count === JOINT_COUNT) return Array.from({ length: count }, (_, i) => i);
  problems.add('kpt_shape', `Which joints the ${count} are is not said. Only 17 (COCO's) and 19 can do without kpt_names.`);
  return undefined;
}

function readClass(names: unknown, problems: Problems): number | undefined {
  const entries = isFields(names) || Array.isArray(names) ? Object.entries(names) : [];
  const person = entries.length === 1 ? entries[0] : entries.find(([, name]) => name === 'person');
  if (!person) problems.add('names', `One class has to be called person; here are ${shown(names)}.`);
  return person && Number(person[0]);
}

/** flip_idx says the same as the joints' names; if it does not, the joints are in another order than we think. */
function checkFlip(flip: unknown, order: readonly number[] | undefined, problems: Problems): void {
  if (flip === undefined || !order) return;
  const expected = order.map((joint) => order.indexOf(MIRROR[joint] ?? joint));
  if (!expected.includes(-1) && JSON.stringify(flip) !== JSON.stringify(expected)) {
    problems.add('flip_idx', `It does not fit the joints' names or order: expected ${JSON.stringify(expected)}.`);
  }
}

function readLabels(text: string, shape: Shape, size: Size, problems: Problems): ImageDocument {
  return text.split('\n').reduce((document, content, i) => {
    const fields = content.trim().split(/\s+/);
    if (content.trim() === '') return document;
    const person = readLine(fields, shape, size, (what) => problems.add(`line ${i + 1}`, what));
    return person ? withSubject(document, person).document : document;
  }, EMPTY_DOCUMENT);
}

function readLine(fields: readonly string[], { order, dims, person }: Shape, size: Size, complain: (what: string) => void) {
  const needed = 5 + order.length * dims;
  if (fields.length !== needed)
    return void complain(
      `It needs ${needed} numbers (class, box, ${order.length} joints of ${dims}); here are ${fields.length}.`,
    );
  const numbers: Decimal[] = [];
  for (const [i, field] of fields.entries()) {
    const number = parseDecimal(field);
    if (!number) complain(`Number ${i + 1}, ${shown(field)}, is not a number.`);
    else numbers.push(number);
  }
  if (numbers.length < needed) return undefined;
  const at = (i: number): Decimal => numbers[i] ?? { digits: 0n, places: 0 };
  let sound = true;
  const fail = (what: string) => {
    sound = false;
    complain(what);
  };
  if (toNumber(at(0)) !== person) fail(`Its class is ${fields[0]}, but people are class ${person}.`);
  if (at(3).digits < 0n || at(4).digits < 0n) fail('The box has a negative width or height.');
  const places = numbers.filter((_, i) => i > 0 && (i < 5 || (i - 5) % dims < 2));
  if (places.some((place) => Math.abs(toNumber(place)) > FAR)) {
    fail('Some numbers are far from shares of the image (0 to 1); are they pixels?');
  }
  const labels = labelsInOrder(order, (place) => {
    const first = 5 + place * dims;
    const v = dims === 3 ? toNumber(at(first + 2)) : at(first).digits === 0n && at(first + 1).digits === 0n ? 0 : 2;
    if (v !== 0 && v !== 1 && v !== 2) fail(`The visibility of joint ${place + 1} has to be 0, 1 or 2; here it is ${v}.`);
    return { x: fromShare(at(first), size.width), y: fromShare(at(first + 1), size.height), v };
  });
  if (!sound) return undefined;
  const box = {
    x: startFromShares(at(1), at(3), size.width),
    y: startFromShares(at(2), at(4), size.height),
    width: fromShare(at(3), size.width),
    height: fromShare(at(4), size.height),
  };
  return { box, labels, prediction: undefined, foreign: undefined };
}
