import { expect, it } from 'vitest';
import { fileKind } from './sniff';

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

it.each([
  ['\xff\xd8\xff\xe0rest', 'raster'],
  ['\x89PNG\r\n\x1a\n', 'raster'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'raster'],
  ['\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf', 'raster'],
  ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
  ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
  ['\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'video'],
  ['\x1a\x45\xdf\xa3\x01', 'video'],
  ['\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'raw'],
  ['II*\0\x10\0\0\0CR\x02\0', 'raw'],
  ['II*\0\x08\0\0\0', 'tiff'],
  ['%PDF-1.7', 'pdf'],
  ['\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="x">', 'svg'],
  ['<svg>', 'svg'],
  ['<?xml version="1.0"?><note/>', 'unknown'],
  ['Dear reader, this is no image', 'unknown'],
  ['', 'empty'],
])('knows %j as %s', (head, kind) => {
  expect(fileKind(bytes(head))).toBe(kind);
});
