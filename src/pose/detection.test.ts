import { describe, expect, it } from 'vitest';
import { type Detection, detectionInImage, detections, nonMaximumSuppression } from './detection';
import { wholeFrameRoi } from './roi';

const CELLS = 8;
const STRIDE = 8;
const PLAIN = { slope: 1, offset: 0 };

/** Maps with people only at these cells: the logit, and the distances in strides to the left, top, right and bottom. */
function mapsOf(
  people: readonly { column: number; row: number; logit: number; sides: readonly number[] }[],
  cells: number,
): Float32Array {
  const maps = new Float32Array(cells * cells * 5).map((_, i) => (i % 5 === 0 ? -9 : 0));
  for (const { column, row, logit, sides } of people) maps.set([logit, ...sides.map(Math.log)], (row * cells + column) * 5);
  return maps;
}

const find = (people: Parameters<typeof mapsOf>[0], minScore = 0.2, confidence = PLAIN, cells = CELLS) =>
  detections(mapsOf(people, cells), { cells, stride: STRIDE }, confidence, minScore);

const box = (x: number, y: number, width: number, height: number, score: number): Detection => ({
  box: { x, y, width, height },
  score,
});

describe('detections', () => {
  it('have boxes decoded from the distances to the centre of their cell', () => {
    const [found, ...others] = find([{ column: 2, row: 4, logit: 0, sides: [1, 3, 2, 1.5] }]);
    expect(others).toEqual([]);
    expect(found?.score).toBeCloseTo(0.5);
    expect(found?.box.x).toBeCloseTo(20 - 8);
    expect(found?.box.y).toBeCloseTo(36 - 24);
    expect(found?.box.width).toBeCloseTo(24);
    expect(found?.box.height).toBeCloseTo(36);
  });

  it('are only the local peaks, including those at the border', () => {
    const small = [0.4, 0.4, 0.4, 0.4];
    const found = find([
      { column: 0, row: 0, logit: 2, sides: small },
      { column: 1, row: 1, logit: 1, sides: small },
      { column: 7, row: 3, logit: 1, sides: small },
    ]);
    expect(found.map(({ box: { x, y } }) => [Math.round(x), Math.round(y)])).toEqual([
      [1, 1],
      [57, 25],
    ]);
  });

  it('are the mean of the cells that nearly agree, weighted by their probability', () => {
    // Corners at x = 4, 7 and 19, 60 px wide: an IoU of .9 and .6 with the first.
    const [found, neighbour, ...others] = find([
      { column: 3, row: 4, logit: 20, sides: [3, 2, 4.5, 2] },
      { column: 4, row: 4, logit: 0, sides: [3.625, 2, 3.875, 2] },
      { column: 5, row: 4, logit: 19, sides: [3.125, 2, 4.375, 2] },
    ]);
    expect(others).toEqual([]);
    expect(found?.score).toBeCloseTo(1);
    expect(found?.box.x).toBeCloseTo(5);
    expect(found?.box.width).toBeCloseTo(60);
    expect(neighbour?.box.x).toBeCloseTo(19);
  });

  it('have at least the requested score after calibration', () => {
    const people = [{ column: 4, row: 4, logit: 1, sides: [1, 1, 1, 1] }];
    expect(find(people, 0.74)).toEqual([]);
    expect(find(people, 0.72)).toHaveLength(1);
    expect(find(people, 0.74, { slope: 2, offset: 0 })).toHaveLength(1);
    expect(find(people, 0.72, { slope: 1, offset: -1 })).toEqual([]);
  });

  it('are sorted by score, and at most a hundred', () => {
    const crowd = Array.from({ length: 144 }, (_, i) => ({
      column: 2 * (i % 12),
      row: 2 * Math.floor(i / 12),
      logit: i / 20,
      sides: [0.4, 0.4, 0.4, 0.4],
    }));
    const scores = find(crowd, 0.1, undefined, 24).map(({ score }) => score);
    expect(scores).toHaveLength(100);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.at(-1)).toBeCloseTo(1 / (1 + Math.exp(-44 / 20))); // those left out are the worst
  });
});

describe('overlapping boxes', () => {
  it('are reduced to the one with the highest score', () => {
    expect(nonMaximumSuppression([box(0, 0, 10, 10, 0.5), box(1, 0, 10, 10, 0.9), box(30, 0, 10, 10, 0.4)])).toEqual([
      box(1, 0, 10, 10, 0.9),
      box(30, 0, 10, 10, 0.4),
    ]);
  });

  it('are kept as two people if their IoU is below the threshold', () => {
    expect(nonMaximumSuppression([box(0, 0, 10, 10, 0.5), box(4, 0, 10, 10, 0.9)])).toHaveLength(2);
  });
});

it('maps detections from the letterboxed input back to the image, clipped at its border', () => {
  const image = { width: 640, height: 320 };
  const found = detectionInImage(box(10, 50, 100, 90, 0.5), wholeFrameRoi(image), 256, image);
  expect(found).toEqual({ box: { x: 25, y: 0, width: 250, height: 190 }, score: 0.5 });
});
