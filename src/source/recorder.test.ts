import { expect, it } from 'vitest';
import { recordingFormat } from './recorder';

const all = () => true;
const mp4 = (type: string) => type.startsWith('video/mp4');

it.each([
  ['Full HD as H.264', all, 1920, 1081, /^video\/mp4/, 1920, 1080],
  ['12 megapixels in the next codec, whole', all, 4000, 3000, /^video\/webm/, 4000, 3000],
  ['12 megapixels reduced where there is no other', mp4, 4000, 3000, /^video\/mp4/, 3546, 2660],
])('records %s', (_, isSupported, width, height, type, recordedWidth, recordedHeight) => {
  const format = recordingFormat(width, height, isSupported);
  expect(format).toMatchObject({ width: recordedWidth, height: recordedHeight });
  expect(format.mimeType).toMatch(type);
});

it('throws if nothing can be recorded', () => {
  expect(() => recordingFormat(640, 480, () => false)).toThrow(expect.objectContaining({ code: 'recorder-none' }));
});
