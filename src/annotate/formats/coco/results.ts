import { ALL_JOINTS, COCO_COUNT, JOINT_COUNT } from '../../../pose/skeleton';
import { EMPTY_DOCUMENT, withSubject } from '../../document';
import type { ReadContext } from '../context';
import { isFields, shown } from '../fields';
import type { Reader } from '../format';
import type { LabelFile } from '../label-file';
import type { KnownImage } from '../match';
import { merged } from '../merge';
import { MissingImages } from '../missing';
import { baseName, withoutExtension } from '../paths';
import { type Imported, type ImportedImage, NOTHING, Problems } from '../problem';
import { isId } from './ids';
import { readPerson, thirdOf } from './person';

type ResultsFile = Extract<LabelFile, { kind: 'json' | 'yaml' }> & { readonly data: readonly unknown[] };

const isResult = (value: unknown) => isFields(value) && 'image_id' in value && Array.isArray(value.keypoints);
const isResults = (file: LabelFile): file is ResultsFile =>
  file.kind === 'json' && Array.isArray(file.data) && file.data.some(isResult);

/** Reads COCO's list of results, as prediction programs write it: each person becomes a draft. */
export const RESULTS_READER: Reader = {
  takes: isResults,
  read(given, context, beside) {
    const names = namesById(beside);
    const parts = given.filter(isResults).map((file) => ({ path: file.path, imported: readResults(file, names, context) }));
    return context.question ? NOTHING : merged(parts);
  },
};

/** Image names by id, from COCO files given with the results, which themselves have only ids. */
function namesById(beside: readonly LabelFile[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const file of beside) {
    const images = file.kind === 'json' && isFields(file.data) && Array.isArray(file.data.images) ? file.data.images : [];
    for (const image of images as unknown[]) {
      if (isFields(image) && isId(image.id) && typeof image.file_name === 'string') names.set(String(image.id), image.file_name);
    }
  }
  return names;
}

function readResults({ path, data }: ResultsFile, names: ReadonlyMap<string, string>, context: ReadContext): Imported {
  const problems = new Problems(path);
  const byImage = new Map<string, unknown[]>();
  for (const [i, result] of data.entries()) {
    if (!isFields(result) || !isId(result.image_id)) problems.add(`result ${i + 1}`, 'It does not say which image it is for.');
    else append(byImage, String(result.image_id), result);
  }
  const missing = new MissingImages(problems);
  const third = thirdOf(data, 'results');
  const images: ImportedImage[] = [];
  const notes: string[] = [];
  for (const [id, results] of byImage) {
    const found = imageOf(id, names, context, byImage.size);
    if (typeof found === 'string') {
      if (found === 'missing' || found === 'elsewhere') missing.add(`image ${id}`, names.get(id) ?? `number ${id}`, found);
      else problems.add(`image ${id}`, 'Several images here could be the one.');
      continue;
    }
    if (found.guessed) notes.push(`The results do not name their image; they are assumed to be for ${found.image.name}.`);
    const before = problems.list.length;
    let document = EMPTY_DOCUMENT;
    for (const [i, result] of results.entries()) {
      const where = `image ${id}, result ${i + 1}`;
      if (!isFields(result)) continue;
      const { keypoints } = result;
      if (!Array.isArray(keypoints) || keypoints.length === 0 || keypoints.length % 3 !== 0) {
        problems.add(where, `The joints have to be a list of numbers, three for each; here they are ${shown(keypoints)}.`);
        continue;
      }
      const count = keypoints.length / 3;
      const usual = count === COCO_COUNT || count === JOINT_COUNT; // such lists have COCO's order
      const table = usual ? ALL_JOINTS.slice(0, count) : context.joints({ file: path, names: undefined, count });
      if (!table) return NOTHING;
      const category = { name: 'person', table, jointNames: undefined, fields: {} };
      const person = readPerson(result, category, { where, third, size: found.image.size }, problems);
      if (person) document = withSubject(document, person).document;
    }
    if (problems.list.length === before) {
      images.push({ id: found.image.id, document, verdict: 'open', edited: false, foreign: undefined });
    }
  }
  missing.tell(byImage.size);
  return { ...NOTHING, images, problems: problems.list, total: byImage.size, notes };
}

function append(groups: Map<string, unknown[]>, key: string, value: unknown): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

/** Finds an image by a COCO file's name for the id, by an earlier import's id, by the number as an image's name, or as the only one. */
function imageOf(id: string, names: ReadonlyMap<string, string>, { images, find }: ReadContext, count: number) {
  const name = names.get(id);
  if (name !== undefined) {
    const found = find({ path: name, from: '' });
    return typeof found === 'string' ? found : { image: found, guessed: false };
  }
  const named = find({ path: id, from: '' }); // some programs write the file name
  if (typeof named !== 'string') return { image: named, guessed: false };
  const only = (found: readonly KnownImage[]) => (found.length === 1 ? found[0] : undefined);
  const byNumber = images.filter((image) => Number(withoutExtension(baseName(image.name))) === Number(id));
  const known =
    only(images.filter(({ fileId }) => fileId !== undefined && String(fileId) === id)) ??
    only(byNumber.filter(({ cameAlong }) => cameAlong)) ??
    only(byNumber);
  if (known) return { image: known, guessed: false };
  const [image] = images;
  return image && images.length === 1 && count === 1 ? { image, guessed: true } : 'missing';
}
