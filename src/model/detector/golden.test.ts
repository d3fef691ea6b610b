/** Compares with PyTorch: training's detector.export wrote the inputs and outputs, from the weights as they ship. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDetector, startWasm } from '../../../cli/node';
import { largestDifference, readGolden } from '../../../tools/golden';
import type { Detector } from './detector';

const MAP_TOLERANCE = 1e-3; // fraction of the map's range
const PIXELS = 0.05;
const SCORE = 1e-3;

const never = new AbortController().signal;
const golden = readGolden('src/model/detector/golden');
const range = (numbers: Float32Array) => numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
let detector: Detector;
let pixels: tf.Tensor4D;

beforeAll(async () => {
  await startWasm();
  detector = await openDetector('public/models/detector');
  pixels = tf.tensor4d(golden('pixels').numbers, golden('pixels').shape);
});

afterAll(() => {
  pixels.dispose();
  detector.dispose();
});

describe('the detector on WASM, against PyTorch', () => {
  it('computes the same maps', async () => {
    const maps = await detector.maps(never, pixels);
    const { shape, numbers } = golden('maps');
    expect(maps).toHaveLength(shape[0]);
    const all = maps.flatMap((map) => Array.from(map));
    expect(largestDifference(all, numbers)).toBeLessThan(MAP_TOLERANCE * range(numbers));
  });

  it('finds the same people in the same places', async () => {
    const { shape, numbers } = golden('people'); // [N, 6]: the image's index, x0, y0, x1, y1, score
    const found = (await detector.run(never, pixels, golden('floor').numbers[0] ?? 1)).flatMap((people, i) =>
      people.map(({ box: { x, y, width, height }, score }) => [i, x, y, x + width, y + height, score]),
    );
    expect(found).toHaveLength(shape[0]);
    found.forEach((row, i) => {
      const truth = numbers.subarray(i * 6, i * 6 + 6);
      expect(largestDifference(row.slice(0, 5), truth.subarray(0, 5))).toBeLessThan(PIXELS);
      expect(row[5]).toBeCloseTo(truth[5] ?? 0, -Math.log10(SCORE));
    });
  });

  it('stays within its budget of operations and bytes', async () => {
    const gmac = [...detector.macs.values()].reduce((sum, macs) => sum + macs, 0) / 1e9;
    expect(gmac).toBeLessThan(0.65);
    expect(detector.contract.weights.bytes).toBeLessThan(1.55e6);
  });
});
