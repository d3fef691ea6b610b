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
  ['\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ', 'other-image'],
  ['\xff\x4f\xff\x51\0\x29', 'other-image'],
  ['8BPS\0\x01', 'other-image'],
  ['P5\n200 83\n255\n', 'other-image'],
  ['P6\n# made by hand\n2 2\n255\n', 'other-image'],
  ['v/1\x01\x02', 'other-image'],
  [`${'\0'.repeat(128)}DICM`, 'other-image'],
  ['II+\0\x08\0', 'tiff'],
  ['\0\0\0\x1cftypM4A \0\0\x02\0M4A isomiso2', 'sound'],
  ['ID3\x04', 'sound'],
  ['\xff\xfb\x90\x44', 'sound'],
  ['RIFF\x10\0\0\0WAVEfmt ', 'sound'],
  ['OggS\0\x02\0\0OpusHead', 'sound'],
  ['OggS\0\x02\0\0\x80theora', 'video'],
  ['\0\0\0\x08wide\0\0\x10\0mdat', 'video'],
  [`G${'\0'.repeat(187)}G${'\0'.repeat(187)}G`, 'video'],
  ['Price: 3', 'unknown'],
  ['Dear reader, this is no image', 'unknown'],
  ['', 'empty'],
])('knows %j as %s', (head, kind) => {
  expect(fileKind(bytes(head))).toBe(kind);
});
