/**
 * Crops a square of an image and resamples it, in plain code: for Node, which lacks the page's canvas, and in the
 * same way as training did (every output pixel is the mean of the area that it covers, cv2.INTER_AREA; bilinear when enlarging).
 */
import type { Roi } from './space';

/** RGB bytes, row-major. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Weights of the source pixels that make up one output pixel, starting at `first`. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

const NONE: Taps = { first: 0, weights: [] };

/** The taps of an output pixel that covers `step` source pixels from `start` on, in a source of `length` pixels; none (black) outside it. */
function taps(start: number, step: number, length: number): Taps {
  if (step < 1) {
    const centre = start + step / 2;
    if (centre < 0 || centre > length) return NONE;
    const at = Math.min(length - 1, Math.max(0, centre - 0.5));
    const first = Math.min(Math.floor(at), Math.max(0, length - 2));
    return { first, weights: length === 1 ? [1] : [1 - (at - first), at - first] };
  }
  const first = Math.max(0, Math.floor(start));
  const last = Math.min(length, Math.ceil(start + step));
  if (last <= first) return NONE;
  const covered = (pixel: number) => Math.min(pixel + 1, start + step) - Math.max(pixel, start);
  return { first, weights: Array.from({ length: last - first }, (_, i) => covered(first + i) / step) };
}

/** Mirrors size x size RGB bytes left to right. */
export function mirrorSquare(square: Uint8Array, size: number): Uint8Array {
  return square.map((_, i) => {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    return square[(Math.floor(pixel / size) * size + size - 1 - (pixel % size)) * 3 + channel] ?? 0;
  });
}

/** The roi (in pixels of the raster) as size x size RGB bytes; black outside the image. */
export function cutSquare({ width, height, data }: Raster, roi: Roi, size: number): Uint8Array {
  const step = roi.side / size;
  const along = (from: number, length: number) => Array.from({ length: size }, (_, i) => taps(from + i * step, step, length));
  const columns = along(roi.cx - roi.side / 2, width);
  const rows = along(roi.cy - roi.side / 2, height);
  const done = new Map<number, Float32Array>();
  const row = (y: number) => {
    const line = done.get(y) ?? resampleRow(data.subarray(y * width * 3, (y + 1) * width * 3), columns);
    done.set(y, line);
    return line;
  };
  const out = new Uint8Array(size * size * 3);
  rows.forEach(({ first, weights }, i) => {
    const sum = new Float32Array(size * 3);
    weights.forEach((weight, k) => {
      const line = row(first + k);
      for (let c = 0; c < sum.length; c += 1) sum[c] = (sum[c] ?? 0) + weight * (line[c] ?? 0);
    });
    out.set(sum.map(roundHalfEven), i * size * 3);
    for (const y of done.keys()) if (y < first) done.delete(y);
  });
  return out;
}

/** Rounds as OpenCV does: sums of a few 1/16ths end in a half often enough to make a difference. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

function resampleRow(line: Uint8Array, columns: readonly Taps[]): Float32Array {
  const out = new Float32Array(columns.length * 3);
  columns.forEach(({ first, weights }, i) => {
    for (let channel = 0; channel < 3; channel += 1) {
      let sum = 0;
      for (let k = 0; k < weights.length; k += 1) sum += (weights[k] ?? 0) * (line[(first + k) * 3 + channel] ?? 0);
      out[i * 3 + channel] = sum;
    }
  });
  return out;
}
