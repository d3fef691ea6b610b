import { SourceError } from './error';

/** One item of a drop or a paste: a file, or a folder that holds some. */
export interface DroppedItem {
  readonly file: File | undefined;
  readonly folder: FileSystemDirectoryEntry | undefined;
}

/** What a drop or a paste brought. */
export type Dropped = readonly DroppedItem[];

/** Reads a drop or a paste. Call it while its event is handled: the browser empties the transfer afterwards. */
export function readTransfer(transfer: DataTransfer | null): Dropped {
  const items = [...(transfer?.items ?? [])].filter((item) => item.kind === 'file');
  return items.map((item) => {
    const entry = item.webkitGetAsEntry?.();
    if (entry?.isDirectory) return { file: undefined, folder: entry as FileSystemDirectoryEntry };
    return { file: item.getAsFile() ?? undefined, folder: undefined };
  });
}

/** The one image to open of those that were dropped, pasted or chosen, and how many other files are ignored. */
export interface Picked {
  readonly file: File;
  readonly others: number;
}

/** Takes the first file that says it is an image, else the first file. Throws a SourceError for none, or for a folder alone. */
export function pickOne(files: readonly File[], folders = 0): Picked {
  const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
  if (!file) throw new SourceError(folders > 0 ? 'folder' : 'nothing-given');
  return { file, others: files.length - 1 + folders };
}

/** As pickOne, for a drop or a paste. */
export function pickDropped(dropped: Dropped): Picked {
  const files = dropped.flatMap(({ file }) => file ?? []);
  return pickOne(files, dropped.filter(({ folder }) => folder).length);
}

/** For systems that have no type for some of them. */
const VIDEO_NAME = /\.(mp4|m4v|mov|webm|mkv|avi|ogv|mts|mpe?g)$/i;

/** The first file that says it is a video, unless an image came with it. */
export function videoIn(dropped: Dropped): File | undefined {
  const files = dropped.flatMap(({ file }) => file ?? []);
  if (files.some(({ type }) => type.startsWith('image/'))) return undefined;
  return files.find(({ name, type }) => type.startsWith('video/') || (type === '' && VIDEO_NAME.test(name)));
}
