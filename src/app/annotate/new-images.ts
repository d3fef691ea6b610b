import type { Foreign, ImageDocument, Verdict } from '../../annotate/document';
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
 * The session's images with the given ones behind them. A file without labels, of the name of an image whose own file is missing or
 * unreadable, is that image's file; then everything that failed is tried again. firstId: never used before in the session.
 */
export function withNewImages(images: readonly ImageRecord[], given: readonly NewImage[], firstId: number): WithNewImages {
  const lost = images.filter(({ file }) => file.kind === 'missing' || file.kind === 'unreadable');
  const lostNames = new Set(lost.map(({ name }) => name));
  const returned = new Map(given.filter(({ name, document }) => !document && lostNames.has(name)).map((one) => [one.name, one]));
  const withFiles = images.map((record) => {
    const back = lost.includes(record) ? returned.get(record.name) : undefined;
    return back ? withFile(record, { kind: 'pending', read: back.read }) : record;
  });
  const taken = new Set(images.map(({ name }) => name));
  const added = given
    .filter(({ name, document }) => document || !lostNames.has(name))
    .map(({ name, read, ...labels }, i) => {
      const unique = uniqueName(name, taken);
      taken.add(unique);
      return newRecord(firstId + i, unique, read, labels);
    });
  const filesReturned = returned.size > 0;
  return { images: [...(filesReturned ? withFiles.map(retried) : images), ...added], added, filesReturned };
}
