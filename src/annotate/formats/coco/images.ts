import type { Foreign } from '../../document';
import type { ReadContext } from '../context';
import { type Fields, isFields, listOf } from '../fields';
import type { KnownImage, Match, Reference } from '../match';
import { MissingImages } from '../missing';
import { type Problems, severalCouldBe } from '../problem';
import { type Id, isId } from './ids';
import { OWN_FIELD } from './write';

export interface Entry {
  readonly id: Id;
  /** The id as text: some files write it as a number in one place and as text in another. */
  readonly key: string;
  readonly where: string;
  readonly fileName: string;
  readonly declared: { readonly width: unknown; readonly height: unknown };
  /** undefined if the file's image is not here. */
  readonly known: KnownImage | undefined;
  /** It was found by the name of the original, which Roboflow keeps. */
  readonly byOriginal: boolean;
  readonly fields: Foreign;
  readonly own: Fields | undefined;
  /** The places in the file that have problems with it. */
  readonly unsound: Set<string>;
}

/** Roboflow renames an image to a_jpg.rf.0123….jpg, and keeps its original name. */
const originalOf = (image: unknown): string | undefined =>
  isFields(image) && isFields(image.extra) && typeof image.extra.name === 'string' ? image.extra.name : undefined;

/**
 * The original names that only one image in the file has. Several images with one original are augmentations: their joints are rotated or
 * mirrored, and fit only the image they belong to.
 */
function soleOriginals(values: readonly unknown[]): ReadonlySet<string> {
  const [once, again] = [new Set<string>(), new Set<string>()];
  for (const name of values.flatMap((value) => originalOf(value) ?? [])) (once.has(name) ? again : once).add(name);
  return new Set([...once].filter((name) => !again.has(name)));
}

/** The note on images found by their originals' names: even a sole one may be an augmentation. */
export const originalNote = (images: number) =>
  images === 1
    ? 'One image was found by the name it had before Roboflow. If Roboflow flipped or cropped it, its labels do not fit.'
    : `${images} images were found by the names they had before Roboflow. If Roboflow flipped or cropped them, their labels do not fit.`;

/** Finds the images of a file in the session, by their names or else by those of their originals. values: the file's list of images. */
function finder(values: readonly unknown[], start: Omit<Reference, 'path'>, { find }: ReadContext) {
  const originals = soleOriginals(values);
  return (value: unknown, fileName: string): { readonly found: Match; readonly byOriginal: boolean } => {
    const original = originalOf(value);
    const named = find({ ...start, path: fileName });
    const byOriginal = named === 'missing' && original !== undefined && originals.has(original);
    return { found: byOriginal ? find({ ...start, path: original }) : named, byOriginal };
  };
}

/** The content of a file without some of the session's images, and without their annotations; undefined if none are left. */
export function withoutImages(
  data: Fields,
  ids: ReadonlySet<number>,
  start: Omit<Reference, 'path'>,
  context: ReadContext,
): Fields | undefined {
  const images = listOf(data.images);
  const located = finder(images, start, context);
  const isLeftOut = (image: unknown) => {
    if (!isFields(image) || typeof image.file_name !== 'string') return false;
    const { found } = located(image, image.file_name);
    return typeof found !== 'string' && ids.has(found.id);
  };
  const leftOut = new Set(images.filter(isLeftOut));
  const gone = new Set([...leftOut].map((image) => isFields(image) && String(image.id)));
  const isKept = (annotation: unknown) => !isFields(annotation) || !gone.has(String(annotation.image_id));
  if (leftOut.size === images.length) return undefined;
  return { ...data, images: images.filter((image) => !leftOut.has(image)), annotations: listOf(data.annotations).filter(isKept) };
}

/** The images of a file by their keys. */
export function readImages(
  values: readonly unknown[],
  start: Omit<Reference, 'path'>,
  context: ReadContext,
  problems: Problems,
): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const taken = new Map<KnownImage, Entry>();
  const missing = new MissingImages(problems);
  const located = finder(values, start, context);
  for (const [i, value] of values.entries()) {
    const where = isFields(value) && isId(value.id) ? `image ${value.id}` : `image entry ${i + 1}`;
    if (!isFields(value) || !isId(value.id)) {
      problems.add(where, 'An image needs a whole number or text as its ID.');
      continue;
    }
    const { id, file_name, width, height, [OWN_FIELD]: own, ...rest } = value;
    const before = problems.list.length;
    if (entries.has(String(id))) problems.add(where, 'Duplicate ID among the images.');
    if (typeof file_name !== 'string' || file_name === '') {
      problems.add(where, 'file_name is missing.');
      continue;
    }
    const { found, byOriginal } = located(value, file_name);
    const known = typeof found === 'string' ? undefined : found;
    if (found === 'missing' || found === 'elsewhere') missing.add(where, file_name, found);
    if (found === 'ambiguous') problems.add(where, severalCouldBe(file_name));
    const other = known && taken.get(known);
    if (other) problems.add(where, `${file_name} and ${other.fileName} are both the image ${known.name} here.`);
    other?.unsound.add(where);
    const entry: Entry = {
      id: value.id,
      key: String(id),
      where,
      fileName: file_name,
      declared: { width, height },
      known,
      byOriginal,
      fields: { id, ...rest },
      own: isFields(own) ? own : undefined,
      unsound: new Set(problems.list.length > before ? [where] : []),
    };
    if (known) taken.set(known, entry);
    entries.set(entry.key, entry);
  }
  missing.tell(values.length);
  return entries;
}
