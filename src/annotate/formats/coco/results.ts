import { ALL_JOINTS, COCO_COUNT } from '../../../pose/skeleton';
import { EMPTY_DOCUMENT, type Foreign, withSubject } from '../../document';
import type { ReadContext } from '../context';
import { type Fields, isFields, shown } from '../fields';
import type { Reader } from '../format';
import type { KnownImage, Match } from '../match';
import { merged } from '../merge';
import { MissingImages } from '../missing';
import { baseName, withoutExtension } from '../paths';
import { type Imported, type ImportedImage, NOTHING, Problems } from '../problem';
import { type Id, isId } from './ids';
import { isResults, type ResultsFile } from './kinds';
import { type ListedImage, listedImages } from './listed';
import { readPerson, thirdOf } from './person';

/** Reads COCO's list of results, as prediction programs write it: each person becomes a draft. */
export const RESULTS_READER: Reader = {
  takes: isResults,
  read(given, context, beside) {
    const listed = listedImages(beside);
    const parts = given.filter(isResults).map((file) => ({ path: file.path, imported: readResults(file, listed, context) }));
    return context.question ? NOTHING : merged(parts);
  },
};

/** What to do with files of results that were not read, because labels came with them. */
export const unreadNote = (paths: readonly string[]) => {
  const [them, hold] = paths.length === 1 ? [paths[0], 'holds'] : [`${paths.length} files`, 'hold'];
  return `${them} ${hold} predictions, which were not imported: only the labels were. Drop them alone to replace people by the predictions, as drafts; “Compare” then measures those against labels.`;
};

function readResults({ path, data }: ResultsFile, listed: ReadonlyMap<string, ListedImage>, context: ReadContext): Imported {
  const problems = new Problems(path);
  const byImage = new Map<string, { readonly id: Id; readonly results: Fields[] }>();
  for (const [i, result] of data.entries()) {
    if (!isFields(result) || !isId(result.image_id)) problems.add(`result ${i + 1}`, 'It does not say which image it is for.');
    else {
      const { image_id: id } = result;
      const image = byImage.get(String(id)) ?? { id, results: [] };
      image.results.push(result);
      byImage.set(String(id), image);
    }
  }
  const missing = new MissingImages(problems, listed.size === 0 ? UNLISTED : undefined);
  const third = thirdOf(data, 'results');
  const images: ImportedImage[] = [];
  const notes: string[] = [];
  let numbered = 0;
  for (const [key, { id, results }] of byImage) {
    const found = imageOf(id, listed.get(key), context, byImage.size === 1);
    if (typeof found === 'string') {
      const name = listed.get(key)?.fileName ?? (Number.isNaN(Number(id)) ? String(id) : `number ${id}`);
      if (found === 'ambiguous') problems.add(`image ${id}`, severalFit(name));
      else missing.add(`image ${id}`, name, found);
      continue;
    }
    if (found.by === 'being alone')
      notes.push(`The results do not name their image; they are assumed to be for ${found.image.name}.`);
    const before = problems.list.length;
    let document = EMPTY_DOCUMENT;
    for (const [i, result] of results.entries()) {
      const where = `image ${id}, result ${i + 1}`;
      const { keypoints } = result;
      if (!Array.isArray(keypoints) || keypoints.length === 0 || keypoints.length % 3 !== 0) {
        problems.add(where, `The joints must be a list of numbers, three per joint, but here they are ${shown(keypoints)}.`);
        continue;
      }
      const count = keypoints.length / 3;
      const usual = count === COCO_COUNT; // such lists have COCO's order
      const table = usual ? ALL_JOINTS.slice(0, count) : context.joints({ file: path, names: undefined, count });
      if (!table) return NOTHING;
      const category = { name: 'person', table, jointNames: undefined, fields: {} };
      const person = readPerson(result, category, { where, third, size: found.image.size }, problems);
      if (person) document = withSubject(document, person).document;
    }
    if (problems.list.length === before) {
      if (found.by === 'number') numbered += 1;
      images.push({ id: found.image.id, document, verdict: 'open', edited: false, foreign: found.foreign });
    }
  }
  missing.tell(byImage.size);
  if (numbered > 0) notes.push(numberNote(numbered));
  return { ...NOTHING, images, problems: problems.list, total: byImage.size, notes };
}

const UNLISTED = 'If the IDs are those of a COCO file, import that file first, or together with the results if it has no labels.';

/** A list that a program counted through has such numbers as well, and then they need not be those in the names. */
const numberNote = (images: number) =>
  `${images === 1 ? 'One image was found by the number in its name' : `${images} images were found by the numbers in their names`}. ${UNLISTED}`;

interface FoundImage {
  readonly image: KnownImage;
  /** What an export has to give back, unless an earlier import has said it. */
  readonly foreign: Foreign | undefined;
  readonly by: 'name' | 'id' | 'number' | 'being alone';
}

const severalFit = (name: string) =>
  `Several images here could be ${name}. Remove the others, or add a COCO file that lists the images with their folders.`;

/**
 * Finds an image by a COCO file's name for the id, by the file name that some programs write as the id, by an earlier import's id, by the
 * number as an image's name, or as the only one.
 */
function imageOf(
  id: Id,
  listed: ListedImage | undefined,
  { images, find }: ReadContext,
  sole: boolean,
): FoundImage | Exclude<Match, KnownImage> {
  const isKnown = ({ fileId }: KnownImage) => fileId !== undefined && String(fileId) === String(id);
  const named = find({ path: listed?.fileName ?? String(id), from: '' });
  if (typeof named !== 'string') {
    return { image: named, foreign: isKnown(named) ? undefined : listed?.foreign, by: 'name' };
  }
  if (listed || named !== 'missing') return named;
  const numbered = images.filter(({ name }) => Number(withoutExtension(baseName(name))) === Number(id));
  const groups = [images.filter(isKnown), numbered.filter(({ cameAlong }) => cameAlong), numbered];
  const [image] = groups.find(({ length }) => length === 1) ?? [];
  if (image) return isKnown(image) ? { image, foreign: undefined, by: 'id' } : { image, foreign: { id }, by: 'number' };
  if (groups.some(({ length }) => length > 1)) return 'ambiguous';
  const [only] = images;
  return only && images.length === 1 && sole ? { image: only, foreign: { id }, by: 'being alone' } : 'missing';
}
