/**
 * Cuts squares around coarse peaks, by integer rows: tf.image.cropAndResize drops border cells by rounding, differently on each
 * backend. The rows of a square depend only on the peak's cell, so they are looked up in a table made once.
 * tf.gatherND copies whole rows, on WASM 25 times as fast as tf.gather (whose batchDims also reads out of bounds there).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { SquareShape } from '../blocks';

/**
 * [grid ** 2, (span * per) ** 2] int32: for a peak in each coarse cell, the rows of the flattened features [(grid * per) ** 2, ...] that
 * its square is made of, row-major; `outside` where it extends beyond their border.
 */
export function squareTable({ grid, per, span }: SquareShape, outside: number): tf.Tensor2D {
  const [side, width, half] = [span * per, grid * per, Math.floor(span / 2)];
  const table = new Int32Array(grid * grid * side * side);
  table.forEach((_, i) => {
    const [cell, within] = [Math.floor(i / (side * side)), i % (side * side)];
    const row = (Math.floor(cell / grid) - half) * per + Math.floor(within / side);
    const column = ((cell % grid) - half) * per + (within % side);
    table[i] = row >= 0 && row < width && column >= 0 && column < width ? row * width + column : outside;
  });
  return tf.tensor2d(table, [grid * grid, side * side], 'int32');
}

/**
 * source [rows, ...], table of squareTable, peaks [count] int32 -> [count * cells of a square, ...]. offset: the row of the source that the
 * table's row 0 refers to for the i-th peak (each person or joint has its own part of the source).
 */
export function gatherSquares(
  source: tf.Tensor,
  table: tf.Tensor2D,
  peaks: tf.Tensor1D,
  offset: (i: number) => number,
): tf.Tensor {
  const found = tf.gatherND(table, tf.reshape(peaks, [-1, 1]));
  const offsets = Int32Array.from({ length: peaks.size }, (_, i) => offset(i));
  const moved = offsets.some((by) => by > 0) ? tf.add(found, tf.tensor2d(offsets, [peaks.size, 1], 'int32')) : found;
  return tf.gatherND(source, tf.reshape(moved, [-1, 1]));
}

/** The row after the features of one person, all zeros: what a crop reads outside the image. */
export const zeroRow = ({ grid, per }: SquareShape) => (grid * per) ** 2;

/**
 * features [people, y, x, channels], table of squareTable(shape, zeroRow(shape)), peaks [people * joints] ->
 * [people * joints, side, side, channels].
 */
export function gatherCrops(features: tf.Tensor4D, table: tf.Tensor2D, peaks: tf.Tensor1D, shape: SquareShape): tf.Tensor4D {
  const [people, , , channels] = features.shape;
  const [rows, side] = [zeroRow(shape), shape.span * shape.per];
  const padded = tf.pad(tf.reshape(features, [people, rows, channels]), [[0, 0], [0, 1], [0, 0]]); // biome-ignore format: pairs
  const joints = peaks.size / people;
  const source = tf.reshape(padded, [people * (rows + 1), channels]);
  const crops = gatherSquares(source, table, peaks, (i) => Math.floor(i / joints) * (rows + 1));
  return tf.reshape(crops, [peaks.size, side, side, channels]);
}
