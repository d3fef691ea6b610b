import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../../../cli/node';
import { gatherCrops, squareTable, zeroRow } from './gather';

const GRID = 6;
const CORNERS = [0, GRID - 1, GRID * (GRID - 1), GRID * GRID - 1];
const MIDDLE = 2 * GRID + 3;

beforeAll(startWasm);

/** Value of a cell's channel that encodes where it comes from; 0 outside. */
const valueAt = (person: number, y: number, x: number, channel: number, side: number) =>
  x < 0 || y < 0 || x >= side || y >= side ? 0 : ((person * side + y) * side + x) * 2 + channel + 1;

describe.each([1, 2])('crops of features with %i cells per coarse cell', (per) => {
  it('are read around the peak, person by person, with zeros outside the image', () => {
    const shape = { grid: GRID, per, span: 5 };
    const [side, size, joints] = [GRID * per, 5 * per, [...CORNERS, MIDDLE]];
    const index = (i: number) => [
      Math.floor(i / (2 * side * side)),
      Math.floor(i / (2 * side)) % side,
      Math.floor(i / 2) % side,
      i % 2,
    ];
    const values = Array.from({ length: 2 * side * side * 2 }, (_, i) => {
      const [person = 0, y = 0, x = 0, channel = 0] = index(i);
      return valueAt(person, y, x, channel, side);
    });
    const crops = tf.tidy(() => {
      const features = tf.tensor4d(values, [2, side, side, 2]);
      const peaks = tf.tensor1d([...joints, ...joints], 'int32');
      return gatherCrops(features, squareTable(shape, zeroRow(shape)), peaks, shape);
    });
    expect(crops.shape).toEqual([2 * joints.length, size, size, 2]);
    const truth = [0, 1].flatMap((person) =>
      joints.flatMap((cell) =>
        Array.from({ length: size * size * 2 }, (_, i) => {
          const row = (Math.floor(cell / GRID) - 2) * per + Math.floor(i / (2 * size));
          const column = ((cell % GRID) - 2) * per + (Math.floor(i / 2) % size);
          return valueAt(person, row, column, i % 2, side);
        }),
      ),
    );
    expect(Array.from(crops.dataSync())).toEqual(truth);
    crops.dispose();
  });
});
