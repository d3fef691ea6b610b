import { expect, it } from 'vitest';
import { unpackHalves } from './halves';

it('knows the corners of float16', () => {
  const halves = [0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00, 0xfc00];
  const [least, smallest] = [2 ** -24, 2 ** -14];
  const values = [0, -0, least, smallest - least, smallest, 1, -2, 65504, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  expect([...unpackHalves(Uint16Array.from(halves).buffer)]).toEqual(values);
});
