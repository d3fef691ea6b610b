import type { Foreign, Subject, Verdict } from '../../document';
import { type Fields, isFields, isId, parseJson, shown } from '../fields';
import type { TextFile } from '../format';
import { jointsByName } from '../joints';
import { type KnownImage, matcher } from '../match';
import { type Imported, type ImportedImage, type MissingImages, type Problem, Problems } from '../problem';
import { sizeComplaint } from '../sizes';
import { type PersonEntry, readPerson } from './person';
import { FILE_FIELDS, type FileFields, OWN_FIELD } from './write';

/**
 * Reads a COCO key-point file of any of our joints, matched by the names in its category. Images are found by file_name among `images`.
 * Ids and fields that mean nothing here are kept in `foreign`. Either everything is read or every problem is told.
 */
export function readCoco(file: string, text: string, images: readonly KnownImage[], missing: MissingImages): Imported {
  const problems = new Problems(file);
  const data = parseJson(text, problems);
  if (data !== undefined && !isFields(data))
    problems.add('', 'A COCO file is a JSON object with images, annotations and categories.');
  if (!isFields(data)) return { ok: false, problems: problems.list };
  const list = (key: string): readonly unknown[] => {
    const value = data[key];
    if (Array.isArray(value)) return value;
    problems.add(key, `A COCO file has a list called ${key}; here it is ${shown(value)}.`);
    return [];
  };
  const categories = readCategories(list('categories'), problems);
  const entries = readImages(list('images'), images, missing, problems);
  const people = readAnnotations(list('annotations'), entries, categories, problems);
  if (problems.list.length > 0) return { ok: false, problems: problems.list };
  const shared = fileFields(data, [...categories.values()]);
  return { ok: true, images: [...entries.values()].flatMap((entry) => toImage(entry, people.get(entry.id) ?? [], shared)) };
}

/** What several files say, if they speak of different images. */
export function readCocoFiles(files: readonly TextFile[], known: readonly KnownImage[], missing: MissingImages): Imported {
  const problems: Problem[] = [];
  const images = new Map<number, { image: ImportedImage; path: string }>();
  for (const { path, text } of files) {
    const imported = readCoco(path, text, known, missing);
    if (!imported.ok) {
      problems.push(...imported.problems);
      continue;
    }
    for (const image of imported.images) {
      const other = images.get(image.id);
      if (other)
        problems.push({ file: path, where: '', what: `It labels an image that ${other.path} labels, too.`, kind: 'broken' });
      else images.set(image.id, { image, path });
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, images: [...images.values()].map(({ image }) => image) };
}

interface Category {
  readonly name: string;
  /** Which of JOINTS each of the category's joints is; undefined for a category without joints. */
  readonly order: readonly number[] | undefined;
  readonly foreign: Foreign;
}

interface Entry {
  readonly id: number;
  /** undefined if the file's image is not here. */
  readonly known: KnownImage | undefined;
  readonly foreign: Foreign;
  readonly own: Fields | undefined;
}

function readCategories(values: readonly unknown[], problems: Problems): Map<number, Category> {
  const categories = new Map<number, Category>();
  for (const [i, value] of values.entries()) {
    const where = isFields(value) && isId(value.id) ? `category ${value.id}` : `category entry ${i + 1}`;
    if (!isFields(value) || !isId(value.id)) {
      problems.add(where, 'A category needs a whole number as its id.');
      continue;
    }
    const { keypoints, skeleton: _skeleton, ...foreign } = value;
    if (categories.has(value.id)) problems.add(where, 'The id comes twice among the categories.');
    const order = Array.isArray(keypoints) && keypoints.length > 0 ? keypoints : undefined;
    categories.set(value.id, {
      name: String(value.name ?? ''),
      order: order && jointsByName(order, (what) => problems.add(`${where}, keypoints`, what)),
      foreign,
    });
  }
  return categories;
}

function readImages(
  values: readonly unknown[],
  images: readonly KnownImage[],
  missing: MissingImages,
  problems: Problems,
): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  const find = matcher(images);
  const taken = new Map<KnownImage, string>();
  for (const [i, value] of values.entries()) {
    const where = isFields(value) && isId(value.id) ? `image ${value.id}` : `image entry ${i + 1}`;
    if (!isFields(value) || !isId(value.id)) {
      problems.add(where, 'An image needs a whole number as its id.');
      continue;
    }
    const { id, file_name, width, height, [OWN_FIELD]: own, ...rest } = value;
    if (entries.has(value.id)) problems.add(where, 'The id comes twice among the images.');
    if (typeof file_name !== 'string' || file_name === '') {
      problems.add(where, 'file_name is missing.');
      continue;
    }
    const found = find(file_name);
    const known = typeof found === 'string' ? undefined : found;
    if (found === 'missing' && missing === 'refuse') {
      problems.add(where, `The image ${file_name} is not here. Add it first.`, 'missing-image');
    }
    if (found === 'ambiguous') problems.add(where, `Several images here could be ${file_name}.`);
    const other = known && taken.get(known);
    if (other !== undefined) problems.add(where, `${file_name} and ${other} are both the image ${known?.name} here.`);
    if (known) taken.set(known, file_name);
    const complaint = sizeComplaint({ width, height }, known?.size);
    if (complaint) problems.add(where, complaint);
    entries.set(value.id, { id: value.id, known, foreign: { id, ...rest }, own: isFields(own) ? own : undefined });
  }
  return entries;
}

/** The people of each image, by the image's id in the file. */
function readAnnotations(
  values: readonly unknown[],
  images: ReadonlyMap<number, Entry>,
  categories: ReadonlyMap<number, Category>,
  problems: Problems,
): Map<number, PersonEntry[]> {
  const people = new Map<number, PersonEntry[]>();
  const ids = new Set<number>();
  for (const [i, value] of values.entries()) {
    const where = isFields(value) && isId(value.id) ? `annotation ${value.id}` : `annotation entry ${i + 1}`;
    if (!isFields(value)) {
      problems.add(where, `An annotation is an object; here it is ${shown(value)}.`);
      continue;
    }
    if (!isId(value.id)) problems.add(where, `The id has to be a whole number; here it is ${shown(value.id)}.`);
    else if (ids.has(value.id)) problems.add(where, 'The id comes twice among the annotations.');
    else ids.add(value.id);
    const imageId = value.image_id;
    if (!isId(imageId) || !images.has(imageId)) {
      problems.add(`${where}, image_id`, `No image of the file has the id ${shown(imageId)}.`);
    }
    const category = isId(value.category_id) ? categories.get(value.category_id) : undefined;
    if (!category) problems.add(`${where}, category_id`, `No category of the file has the id ${shown(value.category_id)}.`);
    else if (!category.order) problems.add(where, `Its category, ${category.name}, has no joints, so there is nothing to label.`);
    const person = readPerson(value, category?.order, where, problems);
    if (!person || !isId(imageId)) continue;
    const others = people.get(imageId);
    if (others) others.push(person);
    else people.set(imageId, [person]);
  }
  return people;
}

function fileFields(data: Fields, categories: readonly Category[]): FileFields | undefined {
  const category = categories.find((one) => one.order)?.foreign;
  const { coordinates: _c, year: _y, date_created: _d, ...info } = isFields(data.info) ? data.info : {};
  const licenses = Array.isArray(data.licenses) ? data.licenses : [];
  return { info, licenses, ...(category && { category }) };
}

function toImage(entry: Entry, people: readonly PersonEntry[], shared: FileFields | undefined): ImportedImage[] {
  if (!entry.known) return [];
  const { own } = entry;
  const given = people.map((person) => person.id);
  const unique = given.every((id, i) => id !== undefined && given.indexOf(id) === i);
  const subjects = people.map((person, i): Subject => ({ ...person, id: (unique ? person.id : undefined) ?? i + 1 }));
  const next = Math.max(1, ...subjects.map((subject) => subject.id + 1), isId(own?.next_subject) ? own.next_subject : 1);
  return [
    {
      id: entry.known.id,
      document: { subjects, nextId: next },
      verdict: isVerdict(own?.verdict) ? own.verdict : 'open',
      edited: own?.edited === true,
      foreign: { ...entry.foreign, [FILE_FIELDS]: shared },
    },
  ];
}

const isVerdict = (value: unknown): value is Verdict => value === 'open' || value === 'accepted' || value === 'flagged';
