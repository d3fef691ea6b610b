/** Compares with PyTorch: training/export.py wrote the inputs and outputs, from the weights as they ship. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCascade, readModel, startWasm } from '../../../cli/node';
import { forcedLogits } from '../../../tools/forced';
import { coloursOf, largestDifference, readGolden } from '../../../tools/golden';
import type { JointReading, PersonReading } from '../pose-model';
import type { Cascade } from './cascade';
import { checkContract } from './contract';

const MAP_TOLERANCE = 1e-3; // fraction of the map's range
const PIXELS = 0.05;

const golden = readGolden('src/model/cascade/golden');
const range = (numbers: Float32Array) => numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));

let cascade: Cascade;
let people: PersonReading[];

beforeAll(async () => {
  await startWasm();
  cascade = await openCascade('public/models/cascade');
  const { shape, numbers } = golden('pixels');
  const pixels = tf.tensor4d(numbers, shape);
  people = await cascade.run(new AbortController().signal, pixels, 'all');
  pixels.dispose();
});

afterAll(() => cascade.dispose());

/** Compares every map of every person, relative to its own range. */
function expectMaps(name: string, pick: (person: PersonReading) => Float32Array | undefined): void {
  const { shape, numbers } = golden(name);
  const cells = (shape[2] ?? 0) * (shape[3] ?? 0);
  people.forEach((person, p) => {
    const maps = pick(person) ?? new Float32Array();
    expect(maps).toHaveLength((shape[1] ?? 0) * cells);
    for (let at = 0; at < maps.length; at += cells) {
      const truth = numbers.subarray(p * maps.length + at, p * maps.length + at + cells);
      expect(largestDifference(maps.subarray(at, at + cells), truth)).toBeLessThan(MAP_TOLERANCE * range(truth));
    }
  });
}

const flatten = (pick: (joint: JointReading) => readonly number[]) => people.flatMap(({ joints }) => joints.flatMap(pick));

describe('the cascade on WASM, against PyTorch', () => {
  it('computes the same coarse maps', () => expectMaps('maps', ({ coarseMaps }) => coarseMaps));
  it('computes the same fine maps', () => expectMaps('fine_maps', ({ fineMaps }) => fineMaps));

  it('puts the joints in the same places', () => {
    const coarse = flatten((joint) => [joint.coarse.x, joint.coarse.y]);
    const fine = flatten((joint) => [joint.fine.x, joint.fine.y]);
    expect(largestDifference(coarse, golden('coarse').numbers)).toBeLessThan(PIXELS);
    expect(largestDifference(fine, golden('fine').numbers)).toBeLessThan(PIXELS);
  });

  it('computes the same fine maps in crops that extend beyond the corners', async () => {
    const { json, bytes } = await readModel('public/models/cascade');
    const pixels = tf.tensor4d(golden('pixels').numbers, golden('pixels').shape);
    const maps = await forcedLogits(checkContract(json), bytes, pixels, golden('forced_cells').numbers);
    pixels.dispose();
    const truth = golden('forced_logits').numbers;
    expect(maps.flat()).toHaveLength(truth.length);
    maps.forEach((map, i) => {
      const expected = truth.subarray(i * map.length, (i + 1) * map.length);
      expect(largestDifference(map, expected)).toBeLessThanOrEqual(MAP_TOLERANCE * range(expected) + 1e-6);
    });
  });

  it('reports the mean colours of the input', () => {
    const { shape, numbers } = golden('pixels');
    for (const [p, { colours }] of people.entries())
      expect(largestDifference(colours?.values ?? [], coloursOf(shape[1], numbers, p))).toBeLessThan(1e-4);
  });

  it('reports its name, stages and operations', () => {
    const stages = { pyramid: [192, 96, 48], coarse: { size: 24, stride: 8 }, fine: { size: 10, stride: 4 } };
    expect(cascade.info).toMatchObject({ name: expect.stringMatching(/^cascade [0-9a-f]{8}$/), input: 192, stages });
    expect(cascade.info.gmac).toBeCloseTo([...cascade.macs.values()].reduce((sum, macs) => sum + macs, 0) / 1e9, 6);
    expect(cascade.info.gmac).toBeGreaterThan(0.1);
  });

  it('gives the same verdicts on whole crops', () => {
    const verdicts = people.flatMap(({ verdict }) => [verdict?.somebody ?? 0, verdict?.quality ?? 0]);
    expect(largestDifference(verdicts, golden('verdict').numbers)).toBeLessThan(MAP_TOLERANCE * range(golden('verdict').numbers));
  });

  it('gives the same scores', () => {
    const scores = flatten((joint) => [joint.score]);
    expect(largestDifference(scores, golden('score').numbers)).toBeLessThan(MAP_TOLERANCE);
  });
});
