import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { claimedSize, headerSize, uprightSize } from './header';

it.each([
  ['astronaut.jpg', 512, 512],
  ['didgeridoo.jpg', 683, 1024],
])('reads the size of %s', (file, width, height) => {
  expect(headerSize(readFileSync(`public/samples/${file}`))).toEqual({ width, height });
});

it('reads the size from a PNG header', () => {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.writeUInt32BE(30_000, 16);
  bytes.writeUInt32BE(20_000, 20);
  expect(headerSize(bytes)).toEqual({ width: 30_000, height: 20_000 });
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['another format', Buffer.from('RIFF    WEBPVP8 and then some more')],
  ['a JPEG cut before its size', readFileSync('public/samples/astronaut.jpg').subarray(0, 40)],
  ['a JPEG of rubbish', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(60)])],
])('returns undefined for %s', (_, bytes) => {
  expect(headerSize(bytes)).toBeUndefined();
});

it.each([
  ['as the header says', { width: 400, height: 300 }, { width: 400, height: 300 }],
  ['turned by its orientation', { width: 300, height: 400 }, { width: 300, height: 400 }],
  ['counted in other pixels', { width: 800, height: 600 }, { width: 400, height: 300 }],
  ['counted in other pixels and turned', { width: 150, height: 200 }, { width: 300, height: 400 }],
])("returns the size in the file's own pixels if an <img> is %s", (_, shown, upright) => {
  expect(uprightSize(shown, { width: 400, height: 300 })).toEqual(upright);
});

it('returns the header’s size for a square, and the shown size if the header has none', () => {
  expect(uprightSize({ width: 50, height: 50 }, { width: 100, height: 100 })).toEqual({ width: 100, height: 100 });
  expect(uprightSize({ width: 50, height: 60 }, undefined)).toEqual({ width: 50, height: 60 });
  expect(uprightSize({ width: 50, height: 60 }, { width: 50, height: 0 })).toEqual({ width: 50, height: 60 });
});

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it.each([
  ['AVIF', latin1(`\0\0\0\x10ftypavif\0\0\0\0${'.'.repeat(20)}\0\0\0\x14ispe\0\0\0\0\0\0\x42\x68\0\0\x42\x68`), 17_000, 17_000],
  ['WebP, extended', latin1('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x9f\x0f\0\xb7\x0b\0'), 4000, 3000],
  ['WebP, lossy', latin1('RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\xa0\x0f\xb8\x0b'), 4000, 3000],
  ['GIF', latin1(`GIF89a\xff\xff\xfe\xff${'\0'.repeat(20)}`), 65_535, 65_534],
])('reads the size that a header claims: %s', (_, bytes, width, height) => {
  expect(claimedSize(bytes)).toEqual({ width, height });
});
