import { expect, it } from 'vitest';
import { IMAGE_REFUSAL, videoRefusal } from './refusal';
import type { FileKind } from './sniff';

it.each<[FileKind, string, string]>([
  ['zip', 'zip', 'zip'],
  ['archive', 'archive', 'archive'],
  ['unknown', 'not-an-image', 'not-a-video'],
  ['raster', 'damaged-image', 'photo'],
  ['heic', 'heic', 'photo'],
  ['video', 'video', 'video-unsupported'],
])('refuses %s as an image (%s) and as a video (%s)', (kind, asImage, asVideo) => {
  expect([IMAGE_REFUSAL[kind], videoRefusal(kind)]).toEqual([asImage, asVideo]);
});
