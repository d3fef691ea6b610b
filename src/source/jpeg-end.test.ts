import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lacksEnd, lacksScans, withEnd } from './jpeg-end';

const jpeg = readFileSync('public/samples/astronaut.jpg');
/** As large as the video of a motion photo: longer than the tail that is searched first. */
const VIDEO = Buffer.alloc(100_000);

/** Adds a preview to the header, as cameras do: a JPEG with an end of its own. */
function withPreview(bytes: Buffer): Buffer {
  const preview = Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 7, 7, 0xff, 0xd9]);
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, 2 + preview.length]), preview, bytes.subarray(2)]);
}

it.each([
  ['a whole JPEG', jpeg, false],
  ['one with zeros behind its end', Buffer.concat([jpeg, Buffer.alloc(5000)]), false],
  ['a motion photo', Buffer.concat([withPreview(jpeg), VIDEO]), false],
  ['one with a preview and without its end', Buffer.concat([withPreview(jpeg.subarray(0, -2)), VIDEO]), true],
  ['one cut within its head', Buffer.concat([withPreview(jpeg).subarray(0, 40), VIDEO]), true],
  ['one that lacks its last two bytes', jpeg.subarray(0, -2), true],
  ['one that lacks a part of its pixels', jpeg.subarray(0, -3000), true],
  ['another format', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), false],
])('detects whether a file lacks its end: %s', async (_, bytes, lacks) => {
  expect(await lacksEnd(new Blob([bytes]), bytes)).toBe(lacks);
  expect(await lacksEnd(withEnd(new Blob([bytes])), bytes)).toBe(false);
});

it.each([
  ['a part of its last scan', 0.98, false],
  ['all scans but the first', 0.3, true],
])('detects whether a progressive JPEG lacks more than a part of its last scan: %s', async (_, share, lacks) => {
  const progressive = readFileSync('public/samples/friends.jpg');
  expect(await lacksScans(new Blob([progressive.subarray(0, share * progressive.length)]))).toBe(lacks);
});
