import { expect, it } from 'vitest';
import { cutSquare } from './resample';
import { wholeFrameRoi } from './roi';

/** An image whose red is f, with green 10 and blue 20 everywhere. */
function image(width: number, height: number, f: (x: number, y: number) => number) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return [f(pixel % width, Math.floor(pixel / width)), 10, 20][i % 3] ?? 0;
  });
  return { width, height, data };
}

const red = (bytes: Uint8Array) => Array.from(bytes).filter((_, i) => i % 3 === 0);

it('copies a square unchanged at its own size', () => {
  const source = image(4, 4, (x, y) => 10 * y + x);
  expect(cutSquare(source, wholeFrameRoi(source), 4)).toEqual(source.data);
});

it('averages the area that an output pixel covers', () => {
  const source = image(4, 4, (x, y) => 16 * y + 4 * x);
  expect(red(cutSquare(source, wholeFrameRoi(source), 2))).toEqual([10, 18, 42, 50]);
  // Each of three takes a pixel and a third of the next: (0 + 4 / 3) / (4 / 3), ...
  expect(
    red(
      cutSquare(
        image(4, 4, (x) => 4 * x),
        { cx: 2, cy: 2, side: 4 },
        3,
      ),
    ).slice(0, 3),
  ).toEqual([1, 6, 11]);
});

it('shrinks without aliasing', () => {
  const checks = image(400, 400, (x, y) => ((x + y) % 2) * 200);
  for (const value of red(cutSquare(checks, wholeFrameRoi(checks), 16))) expect(Math.abs(value - 100)).toBeLessThanOrEqual(1);
});

it('leaves pixels outside the image black, and blends at the border', () => {
  const source = image(4, 4, () => 100);
  const cut = cutSquare(source, { cx: 0, cy: 0, side: 6 }, 2);
  expect(red(cut)).toEqual([0, 0, 0, 100]);
  expect(red(cutSquare(source, { cx: 4.5, cy: 2, side: 3 }, 1))).toEqual([33]);
});

it('interpolates between pixel centres when enlarging, and repeats the border', () => {
  const source = image(2, 2, (x) => 100 * x);
  expect(red(cutSquare(source, wholeFrameRoi(source), 4)).slice(0, 4)).toEqual([0, 25, 75, 100]);
});
