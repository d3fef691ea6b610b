import type { Size } from '../../pose/roi';
import { baseName, folderOf, foldersOf, isPlainFolder, withoutExtension } from './paths';
import { isSplitFolder, type Split, splitOfFolder } from './split';

/** An image of the session, as an import needs to know it. */
export interface KnownImage {
  readonly id: number;
  /** With its folders. */
  readonly name: string;
  /** After EXIF orientation; undefined if it has not been decoded yet. */
  readonly size: Size | undefined;
  /** The id that another label file gave it. */
  readonly fileId?: unknown;
  /** It came with the label files, so they mean it rather than an earlier image of the same name. */
  readonly cameAlong?: boolean | undefined;
}

/** elsewhere: images of that name are here, but in folders that contradict the path. */
export type Match = KnownImage | 'missing' | 'ambiguous' | 'elsewhere';

/** How a label file refers to an image. */
export interface Reference {
  readonly path: string;
  /** The folder that the path is relative to: the label file's own. */
  readonly from: string;
  /** The split that the label file is for, where the path does not say. */
  readonly split?: Split | undefined;
}

export interface MatchOptions {
  /** Paths lack the extension, as those of YOLO's label files do. */
  readonly anyExtension?: boolean;
  /** The file name alone decides, whatever the folders, because the user said so. */
  readonly byName?: boolean;
}

/** The bonus for an image that came with the labels: less than a matching folder, more than the bonus for all folders matching. */
const CAME_ALONG = 0.75;

/** Removes differences of case, and between composed and decomposed letters. */
const plain = (text: string) => text.normalize('NFC').toLowerCase();

/**
 * Finds images by the paths that label files use for them. Other tools arrange folders differently, so the file's name decides, and folders
 * only choose between several images of that name. But folders that contradict each other (train and valid, cam1 and cam2) are never
 * ignored: labels would silently end up on the wrong image. Folders that the image shares with the label file do not count, because
 * the path starts there; nor do folders with general names, nor a split that only one side has.
 */
export function matcher(
  images: readonly KnownImage[],
  { anyExtension = false, byName = false }: MatchOptions = {},
): (reference: Reference) => Match {
  // An export calls .jfif files .jpg (packedName).
  const keyOf = (path: string) => plain(baseName(path)).replace(/\.jfif$/, '.jpg');
  const key = (name: string) => keyOf(anyExtension ? withoutExtension(name) : name);
  const byBase = new Map<string, KnownImage[]>();
  for (const image of images) {
    const group = byBase.get(key(image.name));
    if (group) group.push(image);
    else byBase.set(key(image.name), [image]);
  }

  function among(candidates: readonly KnownImage[], path: string, reference: Reference): Match {
    const possible = candidates.flatMap((image) => {
      const grade = byName ? 0 : gradeOf(image, path, reference);
      return grade === undefined ? [] : [{ image, grade: grade + (image.cameAlong ? CAME_ALONG : 0) }];
    });
    const best = possible.reduce((high, { grade }) => Math.max(high, grade), 0);
    const found = possible.filter(({ grade }) => grade === best).map(({ image }) => image);
    const bare = (name: string) => baseName(anyExtension ? withoutExtension(name) : name);
    const exact = found.filter(({ name }) => bare(name) === baseName(path));
    const sameExtension = found.filter(({ name }) => plain(bare(name)) === plain(baseName(path)));
    const [one, another] = [exact, sameExtension, found].find(({ length }) => length > 0) ?? [];
    return one ? (another ? 'ambiguous' : one) : 'elsewhere';
  }

  return (reference) => {
    for (const path of readings(reference.path)) {
      const base = keyOf(path);
      const candidates = byBase.get(base);
      if (candidates) return among(candidates, path, reference);
    }
    return 'missing';
  };
}

/** The ways to read a path, most likely first: as it is, with %20 and the like decoded, without Label Studio's 8-digit prefix. */
function* readings(given: string): Generator<string> {
  const [, local] = /\/\?(?:[^?]*&)?d=([^&]*)/.exec(given) ?? []; // Label Studio's local files; a name may have a question mark, too
  const inside = (local ?? given)
    .replaceAll('\\', '/')
    .replace(/^[a-z][a-z0-9+.-]+:\/\/[^/]*/i, '') // the server of a URL
    .replace(/^.*\/upload\/\d+\//, '') // Label Studio's projects
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part))
    .join('/');
  yield inside;
  const decoded = decodedUri(inside.replace(/[?#].*$/, ''));
  if (decoded !== inside) yield decoded;
  if (/^[0-9a-f]{8}-./.test(baseName(decoded))) yield `${folderOf(decoded)}/${baseName(decoded).slice(9)}`.replace(/^\//, '');
}

function decodedUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a literal percent sign
  }
}

/** How strongly the folders support the image; undefined if some contradict it. */
function gradeOf(image: KnownImage, path: string, { from, split: fileSplit }: Reference): number | undefined {
  const own = foldersOf(plain(image.name));
  const start = plain(from) === '' ? [] : plain(from).split('/');
  let shared = 0;
  while (shared < own.length && shared < start.length && own[shared] === start[shared]) shared += 1;
  const inside = own.slice(shared);
  const said = foldersOf(plain(path));
  const split = lastSplit(said) ?? lastSplit(start.slice(shared)) ?? fileSplit;
  const ownSplit = lastSplit(inside);
  if (split !== undefined && ownSplit !== undefined && split !== ownSplit) return undefined;
  const telling = (folders: readonly string[]) => folders.filter((folder) => !isPlainFolder(folder) && !isSplitFolder(folder));
  const [a, b] = [telling(inside), telling(said)];
  const length = Math.min(a.length, b.length);
  for (let i = 1; i <= length; i += 1) if (a.at(-i) !== b.at(-i)) return undefined;
  return agreement(own, [...start, ...said]);
}

const lastSplit = (folders: readonly string[]) => folders.map(splitOfFolder).findLast((split) => split !== undefined);

/** How many folders agree, counted from the innermost, and a little more if all do. */
function agreement(own: readonly string[], said: readonly string[]): number {
  const [a, b] = [own, said].map((folders) => folders.filter((folder) => !isPlainFolder(folder))) as [string[], string[]];
  let count = 0;
  while (count < a.length && count < b.length && a.at(-1 - count) === b.at(-1 - count)) count += 1;
  return a.length === b.length && count === a.length ? count + 0.5 : count;
}
