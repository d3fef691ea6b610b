/** The golden files that training/export.py writes: PyTorch's output for a few images with the shipped weights. */
import { readFileSync } from 'node:fs';

interface GoldenArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'uint8' | 'float32';
  readonly offset: number;
}

export interface Golden {
  /** As many axes as there are, although the type says four. */
  readonly shape: [number, number, number, number];
  readonly numbers: Float32Array;
}

/** Arrays by name; bytes are returned as numbers 0..255. */
export function readGolden(folder: string): (name: string) => Golden {
  const { arrays } = JSON.parse(readFileSync(`${folder}/golden.json`, 'utf8')) as { arrays: readonly GoldenArray[] };
  const bytes = new Uint8Array(readFileSync(`${folder}/golden.bin`));
  return (name) => {
    const entry = arrays.find((array) => array.name === name);
    if (!entry) throw new RangeError(`no golden array ${name}`);
    const { shape, dtype, offset } = entry;
    const size = shape.reduce((product, side) => product * side, 1);
    const part = bytes.slice(offset, offset + size * (dtype === 'uint8' ? 1 : 4));
    return {
      shape: shape as Golden['shape'],
      numbers: dtype === 'uint8' ? Float32Array.from(part) : new Float32Array(part.buffer),
    };
  };
}

/** Largest difference of two arrays of one length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers against ${b.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
  return largest;
}

/** Mean colours, 0..1, of 24 x 24 cells of the i-th of bytes [images, side, side, 3]: [24, 24, 3]. */
export function coloursOf(side: number, bytes: Float32Array, image: number): number[] {
  const [cells, per] = [24, side / 24];
  return Array.from({ length: cells * cells * 3 }, (_, i) => {
    const [row, column, channel] = [Math.floor(i / (3 * cells)), Math.floor(i / 3) % cells, i % 3];
    let sum = 0;
    for (let y = row * per; y < (row + 1) * per; y += 1)
      for (let x = column * per; x < (column + 1) * per; x += 1) sum += bytes[((image * side + y) * side + x) * 3 + channel] ?? 0;
    return sum / (255 * per * per);
  });
}
