import { expect, it } from 'vitest';
import { imageRefusal, videoRefusal } from './refusal';
import type { FileKind } from './sniff';

it.each<[FileKind, string, string, string]>([
  ['zip', 'set.zip', 'zip', 'zip'],
  ['archive', 'set.7z', 'archive', 'archive'],
  ['unknown', 'labels.json', 'text-file', 'text-file'],
  ['unknown', 'a.txt', 'text-file', 'text-file'],
  ['unknown', 'a.jpg', 'not-an-image', 'not-a-video'],
  ['raster', 'a.json', 'damaged-image', 'photo'],
  ['heic', 'a.heic', 'heic', 'photo'],
  ['video', 'a.mov', 'video', 'video-unsupported'],
])('says of %s what it is: %s', (kind, name, asImage, asVideo) => {
  expect([imageRefusal(kind, name), videoRefusal(kind, name)]).toEqual([asImage, asVideo]);
});
