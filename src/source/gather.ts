import { SourceError } from './error';
import { gunzip } from './gunzip';
import { kindOf } from './sniff';
import type { Dropped } from './transfer';
import { readZip, type ZipEntry } from './zip';

/** A given file; its bytes are read on demand. */
export interface Given {
  /** Including its folders, separated by '/'. */
  readonly name: string;
  /** Its maximum size in bytes, if it has to be unpacked to be read. */
  readonly bytes?: number;
  /** Rejects with a SourceError. */
  read(): Promise<Blob>;
  /** The same as UTF-8 text, if there is a faster way to it than through a Blob. */
  text?(): Promise<string>;
}

/** What was dropped, pasted or chosen, before it is opened. */
export interface Brought extends Given {
  /** undefined: it is a file or a folder that could not be read. */
  readonly file: File | undefined;
}

export interface Gathered {
  readonly images: readonly Given[];
  /** All other files; annotations may be among them. */
  readonly others: readonly Given[];
  /** Why some files are in neither list. */
  readonly refused: readonly SourceError[];
}

/** Images that browsers open, and images that they cannot open, for which the user is told the format. */
const IMAGE_NAME =
  /\.(jpe?g|jfif|png|webp|avif|gif|bmp|jxl|hei[cf]|tiff?|jp2|j2k|jpf|psd|p[bgnp]m|exr|dng|cr[23]|nef|arw|orf|raf|rw2)$/i;
/** Files that operating systems leave in folders and archives; '..', too, so that no path leads out of an archive. */
const LITTER = /(^|\/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;
/** Files that are never inspected or opened as zips: texts, of which data sets have tens of thousands, and NumPy's zips of arrays. */
const NEVER_OPENED = /\.(jsonl?|xml|ya?ml|txt|csv|tsv|npz)$/i;
const PACKED_TEXT = /\.(jsonl?|xml|ya?ml|txt|csv)\.gz$/i;
/** A zip inside a zip is held in memory if it is compressed there; this is the limit for all of them together. Bytes. */
const MAX_UNPACKED_BYTES = 2 ** 29;

const collator = new Intl.Collator('en', { numeric: true });
/** Sorts names in numeric order: 9.jpg before 10.jpg. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }) => collator.compare(a.name, b.name);

const isImage = (name: string, type = '') => IMAGE_NAME.test(name) || type.startsWith('image/');
const brought = (file: File, name: string): Brought => ({ name, file, read: async () => file });

async function isZip(file: File): Promise<boolean> {
  if (NEVER_OPENED.test(file.name)) return false;
  if (/\.zip$/i.test(file.name)) return true;
  const kind = await kindOf(file).catch(() => undefined); // reported when it is read
  return kind === 'zip';
}

async function filesIn(entry: FileSystemDirectoryEntry): Promise<FileSystemFileEntry[]> {
  const reader = entry.createReader();
  const found: FileSystemFileEntry[] = [];
  for (;;) {
    // it returns a hundred at a time, and none at the end
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const child of some) {
      if (child.isFile) found.push(child as FileSystemFileEntry);
      else if (!LITTER.test(child.name)) for (const file of await filesIn(child as FileSystemDirectoryEntry)) found.push(file);
    }
  }
}

/** A file of a dropped folder, named by its path. It may be gone by now, and may come back. */
async function fileOf(entry: FileSystemFileEntry): Promise<Brought> {
  const name = entry.fullPath.replace(/^\//, '');
  const read = () =>
    new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch((cause) => {
      throw new SourceError('unreadable', name, { cause });
    });
  const file = await read().catch(() => undefined);
  return file ? brought(file, name) : { name, file, read };
}

/** The files of a dropped folder, or the folder itself if it cannot be read. */
async function folderOf(entry: FileSystemDirectoryEntry): Promise<readonly Brought[]> {
  try {
    return (await Promise.all((await filesIn(entry)).map(fileOf))).sort(byName);
  } catch (cause) {
    return [
      { name: entry.name, file: undefined, read: () => Promise.reject(new SourceError('unreadable', entry.name, { cause })) },
    ];
  }
}

/** The files of a drop or a paste; those in folders are named by their paths. */
export async function readDropped(dropped: Dropped): Promise<readonly Brought[]> {
  const lists = dropped.map(({ file, folder }) => (folder ? folderOf(folder) : file ? [brought(file, file.name)] : []));
  return (await Promise.all(lists)).flat();
}

/** The files from a file or folder dialog, named by the paths it gives; a folder's files come in no particular order. */
export function readFiles(files: readonly File[]): readonly Brought[] {
  const given = files.map((file) => brought(file, file.webkitRelativePath || file.name));
  return files.some((file) => file.webkitRelativePath) ? given.sort(byName) : given;
}

/** The name of the folder into which an archive is unpacked. */
const unpackedName = (name: string) => name.replace(/\.zip$/i, '');

interface Sorted {
  readonly images: Given[];
  readonly others: Given[];
  readonly refused: SourceError[];
  /** How many bytes of zips inside zips may still be unpacked. */
  room: number;
}

/** Collects the SourceError of what cannot be opened, so that the rest is still taken. */
async function orRefused(refused: SourceError[], opening: () => Promise<void>): Promise<void> {
  try {
    await opening();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    refused.push(error);
  }
}

/** Also opens zips inside a zip, as if each were unpacked into a folder of its name. */
async function addZip(signal: AbortSignal, zip: Blob, name: string, sorted: Sorted, folder = ''): Promise<void> {
  const inner: ZipEntry[] = [];
  for (const entry of await readZip(zip, name)) {
    if (LITTER.test(entry.name)) continue;
    const given = folder === '' ? entry : { ...entry, name: `${folder}/${entry.name}` };
    if (isImage(entry.name)) sorted.images.push(given);
    else if (/\.zip$/i.test(entry.name)) inner.push(given);
    else sorted.others.push(unpacked(given));
  }
  if (folder !== '' && inner.length > 0) throw new SourceError('zip-nested', name);
  for (const entry of inner) {
    signal.throwIfAborted();
    await orRefused(sorted.refused, async () => {
      const bytes = entry.stored ? 0 : entry.bytes;
      if (bytes > sorted.room) throw new SourceError('zip-nested', name);
      const unpackedZip = await entry.read();
      sorted.room -= bytes;
      await addZip(signal, unpackedZip, entry.name, sorted, unpackedName(entry.name));
    });
  }
}

/** A compressed text file (labels.json.gz) without its compression; anything else unchanged. */
function unpacked(given: Given): Given {
  if (!PACKED_TEXT.test(given.name)) return given;
  const name = given.name.replace(/\.gz$/i, '');
  return { name, read: async () => gunzip(await given.read(), given.name) };
}

/**
 * Sorts files into images and others, and opens the zips among them. Files that cannot be opened are refused without affecting the rest.
 * Rejects with the signal's reason.
 */
export async function gather(signal: AbortSignal, files: readonly Brought[]): Promise<Gathered> {
  const [images, others, refused]: [Given[], Given[], SourceError[]] = [[], [], []];
  const sorted: Sorted = { images, others, refused, room: MAX_UNPACKED_BYTES };
  for (const { file, name, read } of files) {
    signal.throwIfAborted();
    if (LITTER.test(name)) continue;
    if (isImage(name, file?.type)) sorted.images.push({ name, read });
    else if (!file) sorted.refused.push(new SourceError('unreadable', name));
    else if (await isZip(file)) {
      await orRefused(sorted.refused, () => addZip(signal, file, name, sorted));
    } else sorted.others.push(unpacked({ name, read }));
  }
  return { images, others, refused };
}
