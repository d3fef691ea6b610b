import { TO_MPII16 } from '../../pose/skeleton';
import { assembled, type FoundImage, type FoundPerson } from './assemble';
import { type Fields, isFields, isFiniteNumber } from './fields';
import type { Reader } from './format';
import type { JointPlace, JointTable } from './joint-table';
import type { LabelFile } from './label-file';
import { merged } from './merge';
import { NOTHING } from './problem';

/** MPII's scale is the person's height in units of this many pixels. */
const HEIGHT = 200;

/** Pelvis and thorax are no joints of ours: they are the middles of two that the file has as well. */
const TABLE: JointTable = TO_MPII16.map((sources) => (sources.length === 1 ? (sources[0] ?? 'drop') : 'drop'));
const NAMES = TO_MPII16.map((_, i) => String(i));

interface Person extends Fields {
  readonly image: string;
  readonly joints: readonly unknown[];
}

const isPerson = (value: unknown): value is Person =>
  isFields(value) && typeof value.image === 'string' && Array.isArray(value.joints) && value.joints.length === TO_MPII16.length;
const isMpii = (file: LabelFile): file is Extract<LabelFile, { data: unknown }> & { readonly data: readonly unknown[] } =>
  file.kind === 'json' && Array.isArray(file.data) && file.data.some(isPerson);

/**
 * Reads MPII in the shape that pose-estimation code has it: a list of people with image, joints [16][x, y], joints_vis, center and scale.
 * Places are taken as they stand. All joints that have a place count as visible.
 */
export const MPII_READER: Reader = {
  takes: isMpii,
  read(files, context) {
    const parts = files.filter(isMpii).map(({ path, data }) => {
      const byImage = new Map<string, FoundPerson[]>();
      for (const person of data.filter(isPerson)) {
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

function found(person: Person): FoundPerson {
  const visible: readonly unknown[] = Array.isArray(person.joints_vis) ? person.joints_vis : [];
  const joints = new Map<string, JointPlace>();
  person.joints.forEach((place, i) => {
    const [x, y]: unknown[] = Array.isArray(place) ? place : [];
    const there = isFiniteNumber(x) && isFiniteNumber(y) && x >= 0 && y >= 0 && visible[i] !== 0;
    if (there) joints.set(String(i), { x, y, v: 2 });
  });
  return { category: 'person', joints, box: joints.size > 1 ? undefined : boxOfScale(person) };
}

/** A square box of the person's height; the joints' own box is better where there are any. */
function boxOfScale({ center, scale }: Fields) {
  const [x, y]: unknown[] = Array.isArray(center) ? center : [];
  if (!isFiniteNumber(x) || !isFiniteNumber(y) || !isFiniteNumber(scale)) return undefined;
  const side = scale * HEIGHT;
  return { x: x - side / 2, y: y - side / 2, width: side, height: side };
}
