import type { Box } from '../../pose/roi';
import { EMPTY_DOCUMENT, type Foreign, withSubject } from '../document';
import type { ReadContext } from './context';
import { extraJoints, type JointPlace, type JointTable, labelsByTable } from './joint-table';
import { MissingImages } from './missing';
import { folderOf } from './paths';
import { boxOfJoints, predicted } from './person';
import { type Imported, type ImportedImage, NOTHING, Problems, severalCouldBe } from './problem';
import { withProvenance } from './provenance';
import { isTurned, sizeComplaint, turnedNote } from './sizes';
import type { Split } from './split';

/** A person as described by another tool's file. */
export interface FoundPerson {
  readonly category: string;
  /** By the joint's name in the file. */
  readonly joints: ReadonlyMap<string, JointPlace>;
  readonly box: Box | undefined;
  /** The places' third numbers are scores of a prediction. */
  readonly scores?: boolean;
  readonly foreign?: Foreign;
}

/** An image as described by another tool's file. */
export interface FoundImage {
  readonly where: string;
  readonly path: string;
  /** The path has no extension: any matches. */
  readonly anyExtension?: boolean;
  /** The file lists only images in which something is labelled. */
  readonly onlyLabelled?: boolean;
  readonly declared: { readonly width: unknown; readonly height: unknown };
  readonly split?: Split | undefined;
  readonly people: readonly FoundPerson[];
  /** Why the image cannot be imported. */
  readonly complaint?: string;
}

interface Options {
  /** Paths are those of the tool itself: they name images elsewhere only where the images here end in them. */
  readonly ownPaths?: boolean;
  /** Places and boxes are percentages of the image's sides, not pixels. */
  readonly percent?: boolean;
  /** What each of `names` is; without a table, the names themselves decide, or the user is asked. */
  readonly table?: JointTable;
  readonly names?: readonly string[];
}

/** Labels from what a reader found in one file. */
export function assembled(file: string, found: readonly FoundImage[], context: ReadContext, options: Options = {}): Imported {
  const problems = new Problems(file);
  const names = options.names ?? [...new Set(found.flatMap(({ people }) => people.flatMap(({ joints }) => [...joints.keys()])))];
  const table = options.table ?? (names.length > 0 ? context.joints({ file, names, count: names.length }) : []);
  if (!table) return NOTHING;
  const missing = new MissingImages(problems);
  const images = new Map<number, ImportedImage>();
  const seen = new Set<number>();
  let turned = 0;
  for (const { where, path, anyExtension = false, declared, split, people, complaint } of found) {
    const known = (anyExtension ? context.findWithoutExtension : context.find)({ path, from: folderOf(file) });
    if (known === 'missing' || known === 'elsewhere') missing.add(where, path, known);
    if (known === 'ambiguous') problems.add(where, severalCouldBe(path));
    if (typeof known === 'string') continue;
    const scale = options.percent ? known.size && { x: known.size.width / 100, y: known.size.height / 100 } : { x: 1, y: 1 };
    const before = problems.list.length;
    if (complaint) problems.add(where, complaint);
    if (!scale) problems.add(where, 'The image could not be opened, so its size is not known.');
    if (seen.has(known.id)) problems.add(where, `Another entry is also for the image ${known.name}. Keep only one of them.`);
    seen.add(known.id);
    let document = EMPTY_DOCUMENT;
    for (const person of people) {
      const places = names.map((name) => scaled(person.joints.get(name), scale ?? { x: 1, y: 1 }));
      const labels = person.scores ? predicted(table, places) : { labels: labelsByTable(table, places), prediction: undefined };
      const box = person.box ? scaledBox(person.box, scale ?? { x: 1, y: 1 }) : boxOfJoints(labels, known.size);
      if (!box) continue; // nothing to show
      const foreign = { ...person.foreign, ...extraJoints(table, names, places) };
      document = withSubject(document, {
        box,
        ...labels,
        foreign: Object.keys(foreign).length > 0 ? foreign : undefined,
        ...(person.category !== 'person' && { category: person.category }),
      }).document;
    }
    const labelled = document.subjects.flatMap(({ labels }) => labels.filter(({ visibility }) => visibility > 0));
    const size = options.percent ? undefined : sizeComplaint(declared, known.size, labelled);
    if (size) problems.add(where, size);
    else if (!options.percent && isTurned(declared, known.size)) turned += 1;
    if (problems.list.length > before) images.delete(known.id);
    else {
      const categories = [...new Set(people.map(({ category }) => category))].map((name) => ({ name, joints: true, fields: {} }));
      // A path without its extension is not a file name: the export uses the image's own.
      const named = !anyExtension && (!options.ownPaths || `/${known.name}`.endsWith(`/${path}`));
      const kept = { ...(named && { fileName: path }), ...(split && { split }), file: { categories } };
      images.set(known.id, { id: known.id, document, verdict: 'open', edited: false, foreign: withProvenance({}, kept) });
    }
  }
  missing.tell(found.length);
  const notes = turned > 0 ? [turnedNote(turned)] : [];
  return { ...NOTHING, images: [...images.values()], problems: problems.list, total: found.length, notes };
}

interface Scale {
  readonly x: number;
  readonly y: number;
}

const NOWHERE: JointPlace = { x: 0, y: 0, v: 0 };

const scaled = (place: JointPlace | undefined, scale: Scale): JointPlace =>
  place ? { x: place.x * scale.x, y: place.y * scale.y, v: place.v } : NOWHERE;

const scaledBox = ({ x, y, width, height }: Box, scale: Scale): Box => ({
  x: x * scale.x,
  y: y * scale.y,
  width: width * scale.x,
  height: height * scale.y,
});
