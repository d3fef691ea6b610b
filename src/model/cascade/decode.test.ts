/** Compares the decoder on the device with the one in plain code (src/pose/heatmap.ts). */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { readModel, startWasm } from '../../../cli/node';
import { coarsePosition, coarseProbabilities, finePosition, fineProbabilities, peak } from '../../pose/heatmap';
import { JOINT_COUNT } from '../../pose/skeleton';
import type { PersonReading } from '../pose-model';
import { TfjsBlocks } from '../tfjs/blocks';
import { rowsOf } from '../tfjs/network';
import { openWeights } from '../weights';
import { type Contract, checkContract } from './contract';
import { columns, decodeCoarse, decodeFine } from './decode';
import { VERDICT } from './person-head';
import { unpack } from './unpack';

const PEOPLE = 2;
let contract: Contract;
let blocks: TfjsBlocks;

beforeAll(async () => {
  await startWasm();
  const { json, bytes } = await readModel('public/models/cascade');
  contract = checkContract(json);
  blocks = new TfjsBlocks((await openWeights(contract.weights, bytes)).entries());
});

/** Reproducible pseudo-random numbers, about -8..8. */
function numbers(count: number): Float32Array {
  let state = 7;
  return Float32Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 16 - 8;
  });
}

/** Decodes maps of logits [people][joints][cells] as the cascade does; the fine crops lie around the coarse peaks. */
function read(coarse: Float32Array, fine: Float32Array): PersonReading[] {
  const { cells } = contract.coarse;
  const packed = tf.tidy(() => {
    const maps = tf.tensor4d(coarse, [PEOPLE, JOINT_COUNT, cells, cells]);
    const decoded = decodeCoarse(blocks, contract, tf.transpose(maps, [0, 2, 3, 1]));
    const logits = tf.tensor2d(fine, [PEOPLE * JOINT_COUNT, contract.fine.cells ** 2]);
    const refined = decodeFine(blocks, contract, logits);
    const [verdict, colours] = [tf.zeros([PEOPLE, VERDICT]), tf.zeros([PEOPLE, cells, cells, 3])];
    return rowsOf([columns(decoded, refined), verdict, colours, decoded.maps, refined.maps], PEOPLE, Number.POSITIVE_INFINITY);
  });
  const [, length] = packed.shape;
  const values = packed.dataSync<'float32'>();
  packed.dispose();
  return Array.from({ length: PEOPLE }, (_, i) => unpack(values.subarray(i * length, (i + 1) * length), contract));
}

it('decodes peaks, positions and maps like the oracle, even at the border and with nobody there', () => {
  const cells = contract.coarse.cells ** 2;
  const fineCells = contract.fine.cells ** 2;
  const coarse = numbers(PEOPLE * JOINT_COUNT * cells);
  const fine = numbers(PEOPLE * JOINT_COUNT * fineCells);
  const side = contract.coarse.cells;
  [0, side - 1, cells - side, cells - 1, side + 1].forEach((cell, joint) => {
    coarse[joint * cells + cell] = 12;
  });
  coarse.fill(-40, 6 * cells, 7 * cells); // "absent" gets all of the probability
  coarse[6 * cells + 100] = -39;
  read(coarse, fine).forEach((person, p) => {
    person.joints.forEach((joint, j) => {
      const at = p * JOINT_COUNT + j;
      const map = coarseProbabilities(coarse.slice(at * cells, (at + 1) * cells));
      const fineMap = fineProbabilities(fine.slice(at * fineCells, (at + 1) * fineCells));
      const { column, row } = peak(map);
      const { stride } = contract.coarse;
      const half = (contract.fine.crop - 1) / 2;
      expect(person.fineOrigins?.[j]).toEqual({ x: (column - half) * stride, y: (row - half) * stride });
      // Where the map is almost empty, the oracle divides by less than the decoder's minimum.
      const position = map[row * side + column] === 0 || j === 6 ? undefined : coarsePosition(map);
      if (position) {
        expect(joint.coarse.x).toBeCloseTo(position.x * stride, 3);
        expect(joint.coarse.y).toBeCloseTo(position.y * stride, 3);
      }
      const refined = finePosition(fineMap);
      expect(joint.fine.x).toBeCloseTo((column - half) * stride + refined.x * contract.fine.stride, 3);
      expect(joint.fine.y).toBeCloseTo((row - half) * stride + refined.y * contract.fine.stride, 3);
      expect(Math.max(...map.map((v, i) => Math.abs(v - (person.coarseMaps?.[j * cells + i] ?? 9))))).toBeLessThan(1e-6);
      expect(Math.max(...fineMap.map((v, i) => Math.abs(v - (person.fineMaps?.[j * fineCells + i] ?? 9))))).toBeLessThan(1e-6);
    });
    expect(person.coarseMaps).toHaveLength(JOINT_COUNT * cells);
    expect(person.fineMaps).toHaveLength(JOINT_COUNT * fineCells);
  });
});
