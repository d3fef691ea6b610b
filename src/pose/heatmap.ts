/**
 * Reference encoder and decoder of heat maps: the device's decoder is tested against it.
 *
 * A map is square and row-major, one probability per cell. A COARSE map has one more outcome, "absent", whose logit is fixed at 0, so
 * its cells sum to the probability that the joint is in the image. A FINE map sums to 1. Positions are CellPoints: the centre of
 * cell i is i + 0.5.
 */
import { type CellPoint, cellPoint } from './space';

/** Spread of the Gaussian target, in cells. */
const SIGMA = 1;
/** Side, in cells, of the window that a coarse position is averaged over. */
export const WINDOW = 5;

export interface Peak {
  readonly column: number;
  readonly row: number;
  /** Probability of the cell. */
  readonly value: number;
}

/** Side of a square map, in cells. Throws a RangeError if the map is not square. */
export function mapSize(map: Float32Array): number {
  const size = Math.round(Math.sqrt(map.length));
  if (size === 0 || size * size !== map.length) throw new RangeError(`a map of ${map.length} cells is not square`);
  return size;
}

function softmax(logits: Float32Array, other: number): Float32Array {
  const top = logits.reduce((high, logit) => Math.max(high, logit), other);
  const weights = logits.map((logit) => Math.exp(logit - top));
  const total = weights.reduce((sum, weight) => sum + weight, Math.exp(other - top));
  return weights.map((weight) => weight / total);
}

/** Logits of a coarse map -> probabilities that sum to P(present) <= 1. */
export function coarseProbabilities(logits: Float32Array): Float32Array {
  return softmax(logits, 0);
}

/** Logits of a fine map -> probabilities that sum to 1. */
export function fineProbabilities(logits: Float32Array): Float32Array {
  return softmax(logits, Number.NEGATIVE_INFINITY);
}

/** P(present) of a coarse map: what its cells sum to. */
export function presence(map: Float32Array): number {
  return map.reduce((sum, value) => sum + value, 0);
}

/** The largest cell; of equal ones the first, row by row. */
export function peak(map: Float32Array): Peak {
  const size = mapSize(map);
  let best = 0;
  map.forEach((value, index) => {
    if (value > (map[best] ?? Number.NEGATIVE_INFINITY)) best = index;
  });
  return { column: best % size, row: Math.floor(best / size), value: map[best] ?? 0 };
}

/** Mean of the cell centres weighted by probability, over columns and rows low..high (inclusive, clipped to the map). */
function mean(map: Float32Array, column: readonly [number, number], row: readonly [number, number]): CellPoint | undefined {
  const size = mapSize(map);
  let [x, y, total] = [0, 0, 0];
  for (let r = Math.max(0, row[0]); r <= Math.min(size - 1, row[1]); r += 1) {
    for (let c = Math.max(0, column[0]); c <= Math.min(size - 1, column[1]); c += 1) {
      const value = map[r * size + c] ?? 0;
      x += value * (c + 0.5);
      y += value * (r + 0.5);
      total += value;
    }
  }
  return total > 0 ? cellPoint(x / total, y / total) : undefined;
}

/** Coarse position with sub-cell precision: the mean over the 5 x 5 cells around the peak; the peak's centre for an empty map. */
export function coarsePosition(map: Float32Array): CellPoint {
  const { column, row } = peak(map);
  const half = Math.floor(WINDOW / 2);
  return mean(map, [column - half, column + half], [row - half, row + half]) ?? cellPoint(column + 0.5, row + 0.5);
}

/** Fine position: the mean over the whole map; the middle of an empty map. */
export function finePosition(map: Float32Array): CellPoint {
  const size = mapSize(map);
  return mean(map, [0, size - 1], [0, size - 1]) ?? cellPoint(size / 2, size / 2);
}

/** The target for a joint at `point`: a Gaussian of SIGMA cells over size x size cells that sums to 1. */
export function encode(point: CellPoint, size: number): Float32Array {
  const along = (at: number) => {
    const weights = Array.from({ length: size }, (_, i) => Math.exp(-((i + 0.5 - at) ** 2) / (2 * SIGMA ** 2)) + 1e-12);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };
  const [columns, rows] = [along(point.x), along(point.y)];
  return Float32Array.from(rows.flatMap((row) => columns.map((column) => row * column)));
}
