import type { Foreign, ImageDocument, Verdict } from '../../annotate/document';
import { matcher } from '../../annotate/formats/match';
import type { Size } from '../../pose/roi';
import { type ImageRecord, newRecord, retried, withFile } from './image-record';

/** An image to be added to a session: a file alone, or with imported labels. */
export interface NewImage {
  readonly name: string;
  /** Rejects with a SourceError. */
  readonly read: () => Promise<Blob>;
  /** Set for an import: the image is not drafted. */
  readonly document?: ImageDocument;
  readonly size?: Size;
  readonly verdict?: Verdict;
  readonly edited?: boolean;
  readonly foreign?: Foreign | undefined;
}

export interface WithNewImages {
  readonly images: readonly ImageRecord[];
  /** Images that the session did not have before. */
  readonly added: readonly ImageRecord[];
  /** How many of them were renamed, because their names were taken. */
  readonly renamed: number;
}

/** Reads the file returned for an image; rejects with a SourceError if it is another image. */
export type ReadReturned = (record: ImageRecord, read: NewImage['read']) => NewImage['read'];

/** a.jpg, then a (2).jpg, a (3).jpg. */
function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/.exec(name) ?? [];
  for (let number = 2; ; number += 1) {
    const candidate = `${stem} (${number})${extension}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/**
 * The files among the given ones of images whose own file is missing or unreadable, by image id: matched by full name, or else by file name
 * alone, if exactly one file fits exactly one image and no folder contradicts the match.
 */
export function returnedFiles<F extends Pick<NewImage, 'name'>>(
  images: readonly ImageRecord[],
  files: readonly F[],
): ReadonlyMap<number, F> {
  const lost = images.filter(({ file }) => file.kind === 'missing' || file.kind === 'unreadable');
  const returned = new Map<number, F>();
  const ids = new Map(lost.map(({ name, id }) => [name, id]));
  const others = files.filter((file) => {
    const id = ids.get(file.name);
    if (id === undefined || returned.has(id)) return true;
    returned.set(id, file);
    return false;
  });
  const find = matcher(lost.filter(({ id }) => !returned.has(id)));
  const candidates = new Map<number, F | 'several'>();
  for (const file of others) {
    const image = find({ path: file.name, from: '' });
    if (typeof image !== 'string') candidates.set(image.id, candidates.has(image.id) ? 'several' : file);
  }
  for (const [id, file] of candidates) if (file !== 'several') returned.set(id, file);
  return returned;
}

/** The session's images with files returned to some of them; everything that failed is retried. */
export function withReturnedFiles(
  images: readonly ImageRecord[],
  returned: ReadonlyMap<number, Pick<NewImage, 'read'>>,
  readReturned: ReadReturned,
): readonly ImageRecord[] {
  return images.map((record) => {
    const back = returned.get(record.id);
    return retried(back ? withFile(record, { kind: 'pending', read: readReturned(record, back.read) }) : record);
  });
}

/** The session's images, followed by the given ones. firstId: never used before in the session. */
export function withNewImages(images: readonly ImageRecord[], given: readonly NewImage[], firstId: number): WithNewImages {
  const taken = new Set(images.map(({ name }) => name));
  let renamed = 0;
  const added = given.map(({ name, read, ...labels }, i) => {
    const unique = uniqueName(name, taken);
    if (unique !== name) renamed += 1;
    taken.add(unique);
    return newRecord(firstId + i, unique, read, labels);
  });
  return { images: [...images, ...added], added, renamed };
}
