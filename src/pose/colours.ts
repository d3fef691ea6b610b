import type { Box } from './roi';
import type { Colour } from './torso';

/** Mean colours of square cells of a crop: [side, side, 3], row-major, each cell `stride` pixels of the crop wide. */
export interface ColourMap {
  readonly side: number;
  readonly stride: number;
  readonly values: Float32Array;
}

/** The mean colour of a box, in pixels of the crop, with cells weighted by their overlap; undefined if no cell overlaps it. */
export function meanColour({ side, stride, values }: ColourMap, { x, y, width, height }: Box): Colour | undefined {
  const covered = (cell: number, from: number, length: number) =>
    Math.max(0, Math.min((cell + 1) * stride, from + length) - Math.max(cell * stride, from));
  const sum = [0, 0, 0, 0] as [number, number, number, number];
  for (let cell = 0; cell < side * side; cell += 1) {
    const area = covered(cell % side, x, width) * covered(Math.floor(cell / side), y, height);
    for (let c = 0; c < 3; c += 1) sum[c] = (sum[c] ?? 0) + area * (values[3 * cell + c] ?? 0);
    sum[3] += area;
  }
  const [red, green, blue, area] = sum;
  return area > 0 ? [red / area, green / area, blue / area] : undefined;
}
