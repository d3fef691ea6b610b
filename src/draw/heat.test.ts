import { expect, it } from 'vitest';
import { encode } from '../pose/heatmap';
import { JOINT_COUNT, jointIndex } from '../pose/skeleton';
import { cellPoint } from '../pose/space';
import { heatPixels } from './heat';
import { SIDE_RGB } from './palette';

const size = 8;
const [left, right] = [jointIndex('left_wrist'), jointIndex('right_wrist')];
const maps = new Float32Array(JOINT_COUNT * size * size);
maps.set(encode(cellPoint(1.5, 1.5), size), left * size * size);
maps.set(encode(cellPoint(6.5, 6.5), size), right * size * size);
const at = (pixels: Uint8ClampedArray, column: number, row: number) => [
  ...pixels.subarray((row * size + column) * 4).subarray(0, 4),
];

it('gives a peak the full hue of its side', () => {
  const pixels = heatPixels(maps, [left, right], size);
  const [r, g, b] = SIDE_RGB.left;
  const [near, far] = [at(pixels, 1, 1), at(pixels, 6, 6)];
  expect(near[3]).toBeGreaterThan(250);
  expect(Math.abs((near[0] ?? 0) - r) + Math.abs((near[1] ?? 0) - g) + Math.abs((near[2] ?? 0) - b)).toBeLessThan(12);
  expect(far[0]).toBeGreaterThan(far[2] ?? 0);
});

it('shows only the requested joints', () => {
  expect(at(heatPixels(maps, [left], size), 6, 6)[3]).toBeLessThan(5);
});

it('leaves an absent joint dark', () => {
  const faint = maps.map((value) => value / 50);
  expect(at(heatPixels(faint, [left], size), 1, 1)[3]).toBeLessThan(8);
  expect(heatPixels(new Float32Array(maps.length), [left], size).every((byte) => byte === 0)).toBe(true);
});
