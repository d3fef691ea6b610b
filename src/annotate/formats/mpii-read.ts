import { TO_MPII16 } from '../../pose/skeleton';
import { assembled, type FoundImage, type FoundPerson } from './assemble';
import { type Fields, isFields, isFiniteNumber } from './fields';
import type { Reader } from './format';
import type { JointPlace, JointTable } from './joint-table';
import type { DataFile, LabelFile } from './label-file';
import { merged } from './merge';
import { NOTHING } from './problem';

/** MPII's scale is the person's height in units of this many pixels: the longer side of the box, since code crops a square of it. */
export const HEIGHT = 200;

/** Pelvis and thorax are not among our joints: each is the midpoint of two joints that the file has as well. */
const TABLE: JointTable = TO_MPII16.map((sources) => (sources.length === 1 ? (sources[0] ?? 'drop') : 'drop'));
const NAMES = TO_MPII16.map((_, i) => String(i));

interface Person {
  readonly image: string;
  readonly joints: readonly unknown[];
  readonly fields: Fields;
}

/** A person in either notation; undefined if the value is not one. */
function personOf(value: unknown): Person | undefined {
  if (!isFields(value)) return undefined;
  const image = value.image ?? value.img_paths;
  const joints = value.joints ?? value.joint_self;
  if (typeof image !== 'string' || !Array.isArray(joints) || joints.length !== TO_MPII16.length) return undefined;
  return { image, joints, fields: value };
}

const isPerson = (value: unknown) => personOf(value) !== undefined;
const isMpii = (file: LabelFile): file is DataFile & { readonly data: readonly unknown[] } =>
  file.kind === 'json' && Array.isArray(file.data) && file.data.some(isPerson);

/**
 * Reads MPII in the forms that pose-estimation code uses: a list of people with image, joints [16][x, y], joints_vis, center and scale, or
 * with img_paths, joint_self [16][x, y, visible], objpos and scale_provided.
 * Positions are used as they are. All joints that have a position count as visible.
 */
export const MPII_READER: Reader = {
  takes: isMpii,
  read(files, context) {
    const parts = files.filter(isMpii).map(({ path, data }) => {
      const byImage = new Map<string, FoundPerson[]>();
      for (const person of data.flatMap((value) => personOf(value) ?? [])) {
        const people = byImage.get(person.image);
        if (people) people.push(found(person));
        else byImage.set(person.image, [found(person)]);
      }
      const images = [...byImage].map(
        ([image, people]): FoundImage => ({
          where: image,
          path: image,
          declared: { width: undefined, height: undefined },
          people,
        }),
      );
      return { path, imported: assembled(path, images, context, { table: TABLE, names: NAMES }) };
    });
    return context.question ? NOTHING : merged(parts);
  },
};

function found({ joints: places, fields }: Person): FoundPerson {
  const visible: readonly unknown[] = Array.isArray(fields.joints_vis) ? fields.joints_vis : [];
  const joints = new Map<string, JointPlace>();
  places.forEach((place, i) => {
    const [x, y, own]: unknown[] = Array.isArray(place) ? place : [];
    const nowhere = own === 0 && x === 0 && y === 0; // at any other position, 0 means hidden
    const there = isFiniteNumber(x) && isFiniteNumber(y) && x >= 0 && y >= 0 && visible[i] !== 0 && !nowhere;
    if (there) joints.set(String(i), { x, y, v: 2 });
  });
  return { category: 'person', joints, box: joints.size > 1 ? undefined : boxOfScale(fields) };
}

/** The square that MPII's scale means; a box round the joints is better where there are several. */
function boxOfScale(fields: Fields) {
  const [center, scale] = [fields.center ?? fields.objpos, fields.scale ?? fields.scale_provided];
  const [x, y]: unknown[] = Array.isArray(center) ? center : [];
  if (!isFiniteNumber(x) || !isFiniteNumber(y) || !isFiniteNumber(scale)) return undefined;
  const side = scale * HEIGHT;
  return { x: x - side / 2, y: y - side / 2, width: side, height: side };
}
