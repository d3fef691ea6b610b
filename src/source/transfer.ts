import { SourceError } from './error';

/** What a drop, a paste or a file dialogue brought: one picture to open, and how many files were left aside. */
export interface Picked {
  readonly file: File;
  readonly others: number;
}

/** Takes the first file that says it is an image, else the first file. Throws a SourceError for none, or for a folder alone. */
export function pickOne(files: readonly File[], folders: number): Picked {
  const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
  if (!file) throw new SourceError(folders > 0 ? 'folder' : 'nothing-given');
  return { file, others: files.length - 1 + folders };
}

/** For systems that know no type for some of them. */
const VIDEO_NAME = /\.(mp4|m4v|mov|webm|mkv|avi|ogv|mts|mpe?g)$/i;

/** The first file that says that it is a video, if no picture came with it. To be called while the event is handled. */
export function videoIn(transfer: DataTransfer | null): File | undefined {
  const files = [...(transfer?.files ?? [])];
  if (files.some(({ type }) => type.startsWith('image/'))) return undefined;
  return files.find(({ name, type }) => type.startsWith('video/') || (type === '' && VIDEO_NAME.test(name)));
}

/** Reads a drop or a paste at once (the browser empties it when the event ends). Throws as pickOne does. */
export function pickFromTransfer(transfer: DataTransfer | null): Picked {
  const items = [...(transfer?.items ?? [])].filter((item) => item.kind === 'file');
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry?.()?.isDirectory ?? false;
  const files = items.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []);
  return pickOne(files, items.filter(isFolder).length);
}
