import type { SourceErrorCode } from './error';
import type { FileKind } from './sniff';

/** Why a file of a kind gives no image. raster: it should have given one. */
const NO_IMAGE: Record<FileKind, SourceErrorCode> = {
  empty: 'empty-file',
  raster: 'damaged-image',
  heic: 'heic',
  tiff: 'tiff',
  raw: 'raw',
  'other-image': 'other-image',
  svg: 'svg',
  pdf: 'pdf',
  video: 'video',
  sound: 'sound',
  zip: 'zip',
  archive: 'archive',
  unknown: 'not-an-image',
};

/** What such files are called does not claim that they are images or videos. */
const isText = (kind: FileKind, name: string) => kind === 'unknown' && /\.(txt|jsonl?|ya?ml|xml|[ct]sv)$/i.test(name);

/** Why a file gives no image. kind: by its content. */
export const imageRefusal = (kind: FileKind, name: string): SourceErrorCode =>
  isText(kind, name) ? 'text-file' : NO_IMAGE[kind];

const PHOTOS: readonly FileKind[] = ['raster', 'heic', 'tiff', 'raw', 'other-image', 'svg'];

/** Why a file cannot be opened as a video. */
export function videoRefusal(kind: FileKind, name: string): SourceErrorCode {
  if (PHOTOS.includes(kind)) return 'photo';
  if (kind === 'video') return 'video-unsupported';
  const code = imageRefusal(kind, name);
  return code === 'not-an-image' || code === 'pdf' ? 'not-a-video' : code;
}
