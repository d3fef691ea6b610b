import type { SourceErrorCode } from './error';
import { type FileKind, IMAGE_KINDS } from './sniff';

/** Why a file cannot be opened as an image, by its content. raster: it should have opened. */
export const IMAGE_REFUSAL: Record<FileKind, SourceErrorCode> = {
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

/** Why a file cannot be opened as a video. kind: by its content. */
export function videoRefusal(kind: FileKind): SourceErrorCode {
  if (IMAGE_KINDS.includes(kind)) return 'photo';
  if (kind === 'video') return 'video-unsupported';
  return kind === 'unknown' || kind === 'pdf' ? 'not-a-video' : IMAGE_REFUSAL[kind];
}
