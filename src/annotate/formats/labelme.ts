import type { Box } from '../../pose/roi';
import { assembled, type FoundImage, type FoundPerson } from './assemble';
import { onlyPeople, smallestHolding } from './boxed';
import { type Fields, isFields, isFiniteNumber } from './fields';
import type { Reader } from './format';
import { saysHidden, withoutVisibility } from './hidden';
import type { JointPlace } from './joint-table';
import type { DataFile, LabelFile } from './label-file';
import { merged } from './merge';
import { NOTHING } from './problem';

interface LabelMeFile extends Fields {
  readonly imagePath: string;
  readonly shapes: readonly Fields[];
}

/** A shape with points, [x, y] in image pixels; for a rectangle, two or four of its corners. */
interface Shape extends Fields {
  readonly label: string;
  readonly points: readonly (readonly [number, number])[];
}

const isPlace = (value: unknown): boolean => Array.isArray(value) && value.length >= 2 && value.every(isFiniteNumber);
const isShape = (value: Fields): value is Shape =>
  typeof value.label === 'string' && Array.isArray(value.points) && value.points.length > 0 && value.points.every(isPlace);
const isPoint = ({ shape_type }: Fields): boolean => shape_type === 'point';
const isRectangle = ({ shape_type }: Fields): boolean => shape_type === 'rectangle';

const isLabelMe = (data: unknown): data is LabelMeFile =>
  isFields(data) && typeof data.imagePath === 'string' && Array.isArray(data.shapes) && data.shapes.every(isFields);
/** Other shapes, polygons for instance, may be people as well: a file with nothing else does not say who is there. */
const saysWho = ({ shapes }: LabelMeFile): boolean =>
  shapes.length === 0 || shapes.some((shape) => isPoint(shape) || isRectangle(shape));
const isAboutPeople = (file: LabelFile): file is DataFile & { readonly data: LabelMeFile } =>
  file.kind === 'json' && isLabelMe(file.data) && saysWho(file.data);

/**
 * Reads the files of LabelMe (github.com/wkentaro/labelme) and X-AnyLabeling, one per image, if any of them has points. A point is a joint
 * of the person whose `group_id` it shares or in whose rectangle it lies; without either, an image has one person. Points that are
 * difficult, or that a flag or the end of their label says are hidden (`left_eye_occluded`), are hidden. A rectangle without points is a person if its label says so; a file without shapes means that nobody is there.
 */
export const LABELME_READER: Reader = {
  takes: isAboutPeople,
  read(files, context) {
    const own = files.filter(isAboutPeople);
    if (!own.some(({ data }) => data.shapes.some(isPoint))) return NOTHING;
    const { files: found, notes } = onlyPeople(own.map(({ path, data }) => ({ path, images: [imageOf(data)] })));
    // Most files have only some of the joints, so one question covers all files.
    const everybody = found.flatMap(({ images }) => images.flatMap(({ people }) => people));
    const names = [...new Set(everybody.flatMap(({ joints }) => [...joints.keys()]))];
    const table = context.joints({ file: own[0]?.path ?? '', names, count: names.length });
    if (!table) return NOTHING;
    const parts = found.map(({ path, images }) => ({
      path,
      imported: assembled(path, images, context, { table, names, ownPaths: true }),
    }));
    const read = merged(parts);
    return { ...read, notes: [...read.notes, ...notes] };
  },
};

function imageOf({ imagePath, imageWidth: width, imageHeight: height, shapes }: LabelMeFile): FoundImage {
  const placed = shapes.filter(isShape);
  const rectangles = placed.filter(isRectangle);
  const people = new Map<unknown, { box?: Shape; joints: Map<string, JointPlace> }>();
  const personOf = (key: unknown) => {
    const person = people.get(key) ?? { joints: new Map<string, JointPlace>() };
    people.set(key, person);
    return person;
  };
  for (const rectangle of rectangles) personOf(rectangle.group_id ?? rectangle).box = rectangle;
  for (const { label, points, group_id, difficult, flags } of placed.filter(isPoint)) {
    const [x, y] = points[0] ?? [0, 0];
    const { joint, hidden } = withoutVisibility(label);
    const owner = smallestHolding({ x, y }, rectangles, boxOf);
    const { joints } = personOf(group_id ?? owner?.group_id ?? owner);
    if (joints.has(joint)) {
      const complaint = `The joint ${joint} appears twice, and nothing says which person it belongs to. Give each person a group ID.`;
      return { where: '', path: imagePath, declared: { width, height }, people: [], complaint };
    }
    joints.set(joint, { x, y, v: difficult === true || hidden || isFlaggedHidden(flags) ? 1 : 2 });
  }
  const found = [...people.values()].map(({ box, joints }): FoundPerson => {
    const category = box && box.label.toLowerCase() !== 'person' ? box.label : 'person';
    return { category, joints, box: box && boxOf(box) };
  });
  return { where: '', path: imagePath, declared: { width, height }, people: found };
}

/** LabelMe's own example has the flags 'occluded' and 'truncated'; an annotator may call them anything. */
const isFlaggedHidden = (flags: unknown): boolean =>
  isFields(flags) && Object.entries(flags).some(([flag, set]) => set === true && saysHidden(flag));

function boxOf({ points }: Shape): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
