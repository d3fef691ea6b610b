import { SourceError } from './error';
import { type FileKind, IMAGE_KINDS, kindOf } from './sniff';

/** One item of a drop or a paste: a file, or a folder that holds some. */
export interface DroppedItem {
  readonly file: File | undefined;
  readonly folder: FileSystemDirectoryEntry | undefined;
  /** What the file is by its content, if that was inspected. */
  readonly kind?: FileKind | undefined;
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

/** A drop of more files is a set of images, and is inspected no further. */
const MAX_LOOKED_AT = 8;

/** Identifies the first files by their content: a video may have no extension, or a wrong one. Never rejects. */
export async function withKinds(dropped: Dropped): Promise<Dropped> {
  const look = async (item: DroppedItem, i: number): Promise<DroppedItem> => {
    const { file } = item;
    return !file || i >= MAX_LOOKED_AT ? item : { ...item, kind: await kindOf(file).catch(() => undefined) };
  };
  return Promise.all(dropped.map(look));
}

/** The one image to open of those that were dropped, pasted or chosen, and how many other files are ignored. */
export interface Picked {
  readonly file: File;
  readonly others: number;
}

/** Takes the first file with an image type, otherwise the first file. Throws a SourceError if there is none, or only a folder. */
export function pickOne(files: readonly File[], folders = 0): Picked {
  const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
  if (!file) throw new SourceError(folders > 0 ? 'folder' : 'nothing-given');
  return { file, others: files.length - 1 + folders };
}

/** For systems that give some of them no type. */
const VIDEO_NAME = /\.(mp4|m4v|mov|webm|mkv|avi|ogv|mts|mpe?g)$/i;

/** Whether the content was recognised: then the file's name and type no longer count. */
const isKnown = (kind: FileKind | undefined): kind is Exclude<FileKind, 'unknown' | 'empty'> =>
  kind !== undefined && kind !== 'unknown' && kind !== 'empty';

const isImageItem = ({ file, kind }: DroppedItem) =>
  isKnown(kind) ? IMAGE_KINDS.includes(kind) : file?.type.startsWith('image/');
const isVideoItem = ({ file, kind }: DroppedItem) =>
  isKnown(kind)
    ? kind === 'video'
    : file !== undefined && (file.type.startsWith('video/') || (file.type === '' && VIDEO_NAME.test(file.name)));

/** Like pickOne, for a drop or a paste, by the files' content where it was inspected. A folder is reported rather than a non-image. */
export function pickDropped(dropped: Dropped): Picked {
  const files = dropped.flatMap(({ file }) => file ?? []);
  const folders = dropped.filter(({ folder }) => folder).length;
  const image = dropped.find(isImageItem)?.file;
  return image ? { file: image, others: files.length - 1 + folders } : pickOne(folders > 0 ? [] : files, folders);
}

/** Whether one of the files is an image. */
export const hasImage = (dropped: Dropped): boolean => dropped.some(isImageItem);

/** The first file that is a video, or claims to be one, unless an image came with it. */
export function videoIn(dropped: Dropped): File | undefined {
  return hasImage(dropped) ? undefined : dropped.find(isVideoItem)?.file;
}
