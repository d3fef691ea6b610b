import { largestDifference, readGolden } from '../../tools/golden';
import { expect } from './test';

export const golden = readGolden('src/model/cascade/golden');
const MAP_TOLERANCE = 1e-3; // of the map's range
const PIXELS = 0.05;

interface Joint {
  readonly fine: { readonly x: number; readonly y: number };
  readonly coarse: { readonly x: number; readonly y: number };
}

const range = (numbers: Float32Array) => numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));

/** Compares joints with those of the first golden images, in pixels of the input. */
export function expectJoints(people: readonly (readonly Joint[])[]): void {
  for (const name of ['coarse', 'fine'] as const) {
    const found = people.flatMap((joints) => joints.flatMap((joint) => [joint[name].x, joint[name].y]));
    expect(found.length).toBeGreaterThan(0);
    expect(largestDifference(found, golden(name).numbers.subarray(0, found.length))).toBeLessThan(PIXELS);
  }
}

/** Compares the person head's verdicts on the first golden images. */
export function expectVerdicts(verdicts: readonly { readonly somebody: number; readonly quality: number }[]): void {
  const { numbers } = golden('verdict');
  const found = verdicts.flatMap(({ somebody, quality }) => [somebody, quality]);
  expect(found.length).toBeGreaterThan(0);
  expect(largestDifference(found, numbers.subarray(0, found.length))).toBeLessThan(MAP_TOLERANCE * range(numbers));
}

/** Compares maps of the first golden images, each relative to its own range. */
export function expectMaps(name: 'maps' | 'fine_maps', maps: readonly (readonly number[])[]): void {
  const { shape, numbers } = golden(name);
  const cells = shape[2] * shape[3];
  const found = maps.flat();
  expect(found.length).toBeGreaterThan(0);
  for (let at = 0; at < found.length; at += cells) {
    const truth = numbers.subarray(at, at + cells);
    expect(largestDifference(found.slice(at, at + cells), truth)).toBeLessThanOrEqual(MAP_TOLERANCE * range(truth) + 1e-6);
  }
}

/** Compares fine maps [joints * cells] of the first golden image in the crops of `forced_cells`, some of which extend beyond the image's corners. */
export function expectForced(maps: readonly number[]): void {
  const { shape, numbers } = golden('forced_logits');
  const cells = shape[2] * shape[3];
  expect(maps).toHaveLength(19 * cells);
  for (let at = 0; at < maps.length; at += cells) {
    const truth = softmax(numbers.subarray(at, at + cells));
    expect(largestDifference(maps.slice(at, at + cells), truth)).toBeLessThanOrEqual(MAP_TOLERANCE * range(truth) + 1e-6);
  }
}

function softmax(logits: Float32Array): Float32Array {
  const top = logits.reduce((a, b) => Math.max(a, b));
  const values = logits.map((logit) => Math.exp(logit - top));
  const sum = values.reduce((a, b) => a + b);
  return values.map((value) => value / sum);
}

/** Compares rows [image, left, top, right, bottom, score] with the detector's golden people. */
export function expectDetections(rows: readonly (readonly number[])[]): void {
  const { shape, numbers } = readGolden('src/model/detector/golden')('people');
  expect(rows).toHaveLength(shape[0]);
  rows.forEach((row, i) => {
    const truth = numbers.subarray(i * 6, i * 6 + 6);
    expect(largestDifference(row.slice(0, 5), truth.subarray(0, 5))).toBeLessThan(PIXELS);
    expect(row[5]).toBeCloseTo(truth[5] ?? 0, 3);
  });
}
