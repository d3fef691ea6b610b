import { expect, it } from 'vitest';
import { differs } from './readback';

const painted = () =>
  Uint8ClampedArray.from({ length: 16 * 16 * 4 }, (_, i) => {
    const colour = Math.floor(i / 4) % 16 < 8 ? [220, 60, 20, 255] : [40, 120, 200, 255];
    return colour[i % 4] ?? 0;
  });

it('accepts what was painted, even with rounding errors', () => {
  expect(differs(painted())).toBe(false);
  expect(differs(painted().map((value) => value + 3))).toBe(false);
});

it.each([
  ['noise', () => painted().map((value, i) => ((i * 7919) % 251) ^ (value & 1))],
  ['one plain colour', () => painted().fill(255)],
])('detects %s', (_, pixels) => {
  expect(differs(pixels())).toBe(true);
});
