import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { headerSize } from './header';

it.each([
  ['astronaut.jpg', 512, 512],
  ['didgeridoo.jpg', 683, 1024],
])('reads the size of %s', (file, width, height) => {
  expect(headerSize(readFileSync(`public/samples/${file}`))).toEqual({ width, height });
});

it('reads the size that a PNG claims', () => {
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
])('gives nothing for %s', (_, bytes) => {
  expect(headerSize(bytes)).toBeUndefined();
});
