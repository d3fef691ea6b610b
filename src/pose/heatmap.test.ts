import { expect, it } from 'vitest';
import { coarsePosition, coarseProbabilities, encode, finePosition, fineProbabilities, peak, presence } from './heatmap';
import { cellPoint } from './space';

const at = (size: number, cells: Record<number, number>) => Float32Array.from({ length: size * size }, (_, i) => cells[i] ?? 0);

it('reserves probability for "absent" in a coarse map, but not in a fine map', () => {
  const logits = new Float32Array(24 * 24).fill(-Math.log(24 * 24));
  expect(presence(coarseProbabilities(logits))).toBeCloseTo(0.5, 5);
  expect(presence(fineProbabilities(logits))).toBeCloseTo(1, 5);
});

it('stays finite with large logits', () => {
  const logits = new Float32Array(9).fill(-200);
  logits[4] = 300;
  expect(presence(coarseProbabilities(logits))).toBeCloseTo(1, 6);
  expect(presence(coarseProbabilities(logits.map((logit) => logit - 600)))).toBeCloseTo(0, 6);
  expect(presence(fineProbabilities(logits.map((logit) => logit - 600)))).toBeCloseTo(1, 6);
});

it('takes the first of equal peaks', () => {
  expect(peak(at(4, { 5: 0.4, 6: 0.4 }))).toMatchObject({ column: 1, row: 1 });
});

it('averages only the window around the peak, clipped at the border', () => {
  const corner = coarsePosition(at(24, { 0: 0.5, 1: 0.25, 200: 0.2 }));
  expect(corner.x).toBeCloseTo((0.5 * 0.5 + 0.25 * 1.5) / 0.75, 6);
  expect(corner.y).toBeCloseTo(0.5, 6);
});

it('averages a whole fine map', () => {
  expect(finePosition(at(12, { 0: 0.5, 143: 0.5 }))).toMatchObject({ x: 6, y: 6 });
});

it('returns a position even for an empty map', () => {
  expect(coarsePosition(at(24, {}))).toMatchObject({ x: 0.5, y: 0.5 });
  expect(finePosition(at(12, {}))).toMatchObject({ x: 6, y: 6 });
});

it('throws for a map that is not square', () => {
  expect(() => peak(new Float32Array(10))).toThrow(RangeError);
});

it('recovers an encoded position to within a twentieth of a cell, away from the border', () => {
  for (let step = 0; step <= 20; step += 1) {
    const [x, y] = [8 + step / 20, 13.7 - step / 20];
    const coarse = coarsePosition(encode(cellPoint(x, y), 24));
    const fine = finePosition(encode(cellPoint(x - 3, y - 7), 12));
    const errors = [coarse.x - x, coarse.y - y, fine.x - x + 3, fine.y - y + 7];
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.05);
  }
});
