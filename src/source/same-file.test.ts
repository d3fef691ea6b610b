import { expect, it } from 'vitest';
import { isSameFile } from './same-file';

const pixels = new Uint8Array(2 ** 20 + 5).fill(7);
const of = (bytes: Uint8Array<ArrayBuffer>) => async () => new Blob([bytes]);
const same = of(pixels);

it.each<[string, () => Promise<Blob>, boolean]>([
  ['the same bytes', of(pixels.slice()), true],
  ['another last byte', of(pixels.with(-1, 8)), false],
  ['fewer bytes', of(pixels.slice(1)), false],
  ['a file that cannot be read', () => Promise.reject(new Error('gone')), false],
])('compares a file with %s', async (_, other, expected) => {
  expect(await isSameFile(same, other)).toBe(expected);
});
