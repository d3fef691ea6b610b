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

/** Reads a drop or a paste at once (the browser empties it when the event ends). Throws as pickOne does. */
export function pickFromTransfer(transfer: DataTransfer | null): Picked {
  const items = [...(transfer?.items ?? [])].filter((item) => item.kind === 'file');
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry?.()?.isDirectory ?? false;
  const files = items.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []);
  return pickOne(files, items.filter(isFolder).length);
}
