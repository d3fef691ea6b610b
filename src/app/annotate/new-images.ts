import type { Foreign, ImageDocument, Verdict } from '../../annotate/document';
import { matcher } from '../../annotate/formats/match';
import type { Size } from '../../pose/roi';
import { type ImageRecord, newRecord, retried, withFile } from './image-record';

/** An image that comes into a session: a file alone, or with imported labels. */
export interface NewImage {
  readonly name: string;
  /** Rejects with a SourceError. */
  readonly read: () => Promise<Blob>;
  /** Set for an import: it is not drafted. */
  readonly document?: ImageDocument;
  readonly size?: Size;
  readonly verdict?: Verdict;
  readonly edited?: boolean;
  readonly foreign?: Foreign | undefined;
}

export interface WithNewImages {
  readonly images: readonly ImageRecord[];
  /** Those that the session did not have before. */
  readonly added: readonly ImageRecord[];
  /** Some of the given were files of images that are there. */
  readonly filesReturned: boolean;
}

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
 * The files that came back, by the ids of their images: under the image's name, or else by its file name alone, if exactly one file
 * fits exactly one image and no folder contradicts the match.
 */
function returnedFiles(lost: readonly ImageRecord[], files: readonly NewImage[]): ReadonlyMap<number, NewImage> {
  const returned = new Map<number, NewImage>();
  const ids = new Map(lost.map(({ name, id }) => [name, id]));
  const others = files.filter((file) => {
    const id = ids.get(file.name);
    if (id === undefined || returned.has(id)) return true;
    returned.set(id, file);
    return false;
  });
  const find = matcher(lost.filter(({ id }) => !returned.has(id)));
  const candidates = new Map<number, NewImage | 'several'>();
  for (const file of others) {
    const image = find({ path: file.name, from: '' });
    if (typeof image !== 'string') candidates.set(image.id, candidates.has(image.id) ? 'several' : file);
  }
  for (const [id, file] of candidates) if (file !== 'several') returned.set(id, file);
  return returned;
}

/**
 * The session's images with the given ones behind them. A file without labels may be that of an image whose own file is missing or
 * unreadable; then everything that failed is tried again. firstId: never used before in the session.
 */
export function withNewImages(images: readonly ImageRecord[], given: readonly NewImage[], firstId: number): WithNewImages {
  const lost = images.filter(({ file }) => file.kind === 'missing' || file.kind === 'unreadable');
  const files = given.filter(({ document }) => !document);
  const returned = returnedFiles(lost, files);
  const withFiles = images.map((record) => {
    const back = returned.get(record.id);
    return back ? withFile(record, { kind: 'pending', read: back.read }) : record;
  });
  const taken = new Set(images.map(({ name }) => name));
  const used = new Set(returned.values());
  const added = given
    .filter((one) => !used.has(one))
    .map(({ name, read, ...labels }, i) => {
      const unique = uniqueName(name, taken);
      taken.add(unique);
      return newRecord(firstId + i, unique, read, labels);
    });
  const filesReturned = returned.size > 0;
  return { images: [...(filesReturned ? withFiles.map(retried) : images), ...added], added, filesReturned };
}
