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

/** The joints of the first people of the golden pictures, in pixels of the input. */
export function expectJoints(people: readonly (readonly Joint[])[]): void {
  for (const name of ['coarse', 'fine'] as const) {
    const found = people.flatMap((joints) => joints.flatMap((joint) => [joint[name].x, joint[name].y]));
    expect(found.length).toBeGreaterThan(0);
    expect(largestDifference(found, golden(name).numbers.subarray(0, found.length))).toBeLessThan(PIXELS);
  }
}

/** Maps of the first golden pictures, or of their joints one by one, each against its own range. */
export function expectMaps(name: 'maps' | 'fine_maps' | 'forced_logits', maps: readonly (readonly number[])[]): void {
  const { shape, numbers } = golden(name);
  const cells = shape[2] * shape[3];
  const found = maps.flat();
  expect(found.length).toBeGreaterThan(0);
  for (let at = 0; at < found.length; at += cells) {
    const truth = numbers.subarray(at, at + cells);
    expect(largestDifference(found.slice(at, at + cells), truth)).toBeLessThanOrEqual(MAP_TOLERANCE * range(truth) + 1e-6);
  }
}
