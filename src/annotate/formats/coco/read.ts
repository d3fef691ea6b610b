import type { Subject, Verdict } from '../../document';
import type { ReadContext } from '../context';
import { type Fields, isFields, listOf, shown } from '../fields';
import type { Reader } from '../format';
import type { DataFile } from '../label-file';
import type { Match } from '../match';
import { merged } from '../merge';
import { folderOf } from '../paths';
import { type Imported, type ImportedImage, NOTHING, Problems, refused } from '../problem';
import { type FileFields, type OtherAnnotation, withProvenance } from '../provenance';
import { isTurned, sizeComplaint, turnedNote } from '../sizes';
import { type Split, splitOfFolders, splitOfName } from '../split';
import { type Category, readCategories } from './categories';
import { isId, isNumberId } from './ids';
import { type Entry, originalNote, readImages, withoutImages } from './images';
import { isCoco, isResults } from './kinds';
import { type PersonEntry, readPerson, thirdOf } from './person';
import { readSuggestions } from './suggestions';
import { OWN_FIELD } from './write';

function hasJoints(data: unknown): boolean {
  if (!isFields(data)) return false;
  const has = (value: unknown) => isFields(value) && Array.isArray(value.keypoints) && value.keypoints.length > 0;
  return listOf(data.annotations).some(has) || listOf(data.categories).some(has);
}

const isAnnotated = ({ data }: DataFile) => isFields(data) && listOf(data.annotations).length > 0;

/** Reads COCO keypoint files, with any of our joints in any order. One without annotations that comes with results only lists their images. */
export const COCO_READER: Reader = {
  takes: (file) => isCoco(file) && hasJoints(file.data),
  read(given, context, beside) {
    const files = given.filter(isCoco);
    const labels = beside.some(isResults) ? files.filter(isAnnotated) : files;
    const own = labels.filter(({ path }) => OWN_19.test(path));
    const folders = new Set(own.map(({ path }) => folderOf(path)));
    const ours = own.map(({ path, data }) => ({ path, imported: readCoco(path, data, context) }));
    const known = new Set(ours.flatMap(({ imported }) => imported.images.map(({ id }) => id)));
    const others = labels.flatMap(({ path, data }) => {
      if (OWN_19.test(path) || (OWN_17.test(path) && folders.has(folderOf(path)))) return [];
      const start = { from: folderOf(path), split: splitOfFile(path) };
      const rest = known.size > 0 && isFields(data) ? withoutImages(data, known, start, context) : data;
      return rest === undefined ? [] : [{ path, imported: readCoco(path, rest, context) }];
    });
    const parts = [...ours, ...others];
    const used = new Set(parts.map(({ path }) => path));
    const passedOver = files.map(({ path }) => path).filter((path) => !used.has(path));
    return context.question || parts.length === 0 ? NOTHING : merged(parts, passedOver);
  },
};

/** Our own export with all joints: of an image that it has, other files say nothing more. */
const OWN_19 = /coco-19(-[a-z]+)?\.json$/;
/** The one with fewer joints beside it. */
const OWN_17 = /coco-17(-[a-z]+)?\.json$/;

/** Reports COCO files of boxes, masks or captions, which have no joints. They are skipped where other files have joints. */
export const COCO_WITHOUT_JOINTS: Reader = {
  takes: isCoco,
  read: (files) => {
    const what = 'It contains no keypoints, either in its annotations or in its categories.';
    return merged(files.map(({ path }) => ({ path, imported: refused(path, what) })));
  },
};

/** Ids and fields that mean nothing here are kept in `foreign`. */
export function readCoco(file: string, data: unknown, context: ReadContext): Imported {
  const problems = new Problems(file);
  if (!isFields(data)) problems.add('', 'A COCO file is a JSON object with images, annotations and categories.');
  if (!isFields(data)) return { ...NOTHING, problems: problems.list };
  const list = (key: string): readonly unknown[] => {
    const value = data[key];
    if (Array.isArray(value)) return value;
    problems.add(key, `In a COCO file, ${key} must be a list, but here it is ${shown(value)}.`);
    return [];
  };
  const annotations = list('annotations');
  const categories = readCategories(listOf(data.categories), annotations, context, problems);
  const split = splitOfFile(file);
  const images = readImages(list('images'), { from: folderOf(file), split }, context, problems);
  if (context.question) return NOTHING;
  const people = readAnnotations(annotations, images, categories, problems);
  const all = [...images.values()];
  let turned = 0;
  for (const { where, known, declared, key, unsound } of all) {
    const there = people.get(key)?.people ?? [];
    const places = there.flatMap(({ labels }) => labels.filter(({ visibility }) => visibility > 0));
    const complaint = sizeComplaint(declared, known?.size, places);
    if (complaint) {
      problems.add(where, complaint);
      unsound.add('size');
    } else if (isTurned(declared, known?.size)) turned += 1;
  }
  const original = all.filter(({ known, byOriginal, unsound }) => known && byOriginal && unsound.size === 0).length;
  const kept = [...categories.values()].map(({ name, table, fields }) => ({ name, joints: table !== undefined, fields }));
  const shared = fileFields(data, kept);
  return {
    ...NOTHING,
    images: all.flatMap((entry) => toImage(entry, people.get(entry.key) ?? NOBODY, shared, split)),
    problems: problems.list,
    total: all.length,
    flagged: flaggedIn(data, (path) => context.find({ from: folderOf(file), split, path })),
    notes: [...(turned > 0 ? [turnedNote(turned)] : []), ...(original > 0 ? [originalNote(original)] : [])],
  };
}

/** The ids of the images that a file of our own names as flagged and without labels, as far as they are here. */
function flaggedIn(data: Fields, find: (path: string) => Match): number[] {
  const own = data[OWN_FIELD];
  const names = listOf(isFields(own) ? own.flagged : undefined).filter((name) => typeof name === 'string');
  return names.map(find).flatMap((image) => (typeof image === 'string' ? [] : [image.id]));
}

interface OnImage {
  readonly people: PersonEntry[];
  readonly others: OtherAnnotation[];
}

const NOBODY: OnImage = { people: [], others: [] };

/** The annotations of each image, by the image's key. An annotation with a problem makes its image unsound. */
function readAnnotations(
  values: readonly unknown[],
  images: ReadonlyMap<string, Entry>,
  categories: ReadonlyMap<string, Category>,
  problems: Problems,
): Map<string, OnImage> {
  const found = new Map<string, OnImage>();
  const ids = new Set<string>();
  const third = thirdOf(values, 'annotations');
  for (const [i, value] of values.entries()) {
    const where = isFields(value) && isId(value.id) ? `annotation ${value.id}` : `annotation entry ${i + 1}`;
    if (!isFields(value)) {
      problems.add(where, `An annotation must be an object, but here it is ${shown(value)}.`);
      continue;
    }
    const before = problems.list.length;
    if (isId(value.id) && ids.has(String(value.id))) problems.add(where, 'Duplicate ID among the annotations.');
    else if (isId(value.id)) ids.add(String(value.id));
    else if (value.id !== undefined && value.id !== null) {
      problems.add(where, `The ID must be a whole number or text, but here it is ${shown(value.id)}.`);
    }
    const image = isId(value.image_id) ? images.get(String(value.image_id)) : undefined;
    if (!image) problems.add(`${where}, image_id`, `No image of the file has the ID ${shown(value.image_id)}.`);
    const category = categories.size === 0 ? undefined : categories.get(String(value.category_id));
    if (!category) problems.add(`${where}, category_id`, `No category of the file has the ID ${shown(value.category_id)}.`);
    const on = found.get(image?.key ?? '') ?? { people: [], others: [] };
    if (category && !category.table) on.others.push({ category: category.name, fields: otherFields(value) });
    else if (category?.table) {
      const circumstances = { where, third, size: image?.known?.size };
      const person = readPerson(value, { ...category, table: category.table }, circumstances, problems);
      if (person) on.people.push(person);
    }
    if (image) found.set(image.key, on);
    if (image && problems.list.length > before) image.unsound.add(where);
  }
  return found;
}

const otherFields = ({ image_id: _i, category_id: _c, ...fields }: Fields): Fields => fields;

/** The split that a label file is for, as its name or else its folders say. */
export const splitOfFile = (path: string): Split | undefined =>
  splitOfName(path.slice(folderOf(path).length)) ?? splitOfFolders(path);

/** What a file states once for all of its images. */
export function fileFields(data: Fields, categories: FileFields['categories']): FileFields {
  const { coordinates: _c, year: _y, date_created: _d, ...info } = isFields(data.info) ? data.info : {};
  return { info, licenses: listOf(data.licenses), categories };
}

function toImage(entry: Entry, { people, others }: OnImage, file: FileFields, splitInName: Split | undefined): ImportedImage[] {
  if (!entry.known || entry.unsound.size > 0) return [];
  const { own } = entry;
  const given = people.map((person) => person.id);
  const unique = given.every((id, i) => id !== undefined && given.indexOf(id) === i);
  const subjects = people.map((person, i): Subject => ({ ...person, id: (unique ? person.id : undefined) ?? i + 1 }));
  const highest = subjects.reduce((high, { id }) => Math.max(high, id), 0);
  const next = Math.max(highest + 1, isNumberId(own?.next_subject) ? own.next_subject : 1);
  const suggestions = readSuggestions(own?.suggestions, entry.known.size, new Set(subjects.map(({ id }) => id)), next);
  const nextId = suggestions.reduce((high, { id }) => Math.max(high, id + 1), next);
  const split = isSplit(own?.split) ? own.split : splitInName;
  return [
    {
      id: entry.known.id,
      document: { subjects, nextId, ...(suggestions.length > 0 && { suggestions }) },
      verdict: isVerdict(own?.verdict) ? own.verdict : 'open',
      edited: own?.edited === true,
      foreign: withProvenance(entry.fields, {
        fileName: entry.fileName,
        file,
        ...(split && { split }),
        ...(others.length > 0 && { others }),
      }),
    },
  ];
}

const isSplit = (value: unknown): value is Split => value === 'train' || value === 'val' || value === 'test';
const isVerdict = (value: unknown): value is Verdict => value === 'open' || value === 'accepted' || value === 'flagged';
