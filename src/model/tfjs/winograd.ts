/** 3x3 convolutions with stride 1 by Winograd's algorithm, where the current backend has a kernel for them, as WASM does (../wasm/winograd.ts). */
import * as tf from '@tensorflow/tfjs-core';
import type { Numbers } from '../blocks';

export type WinogradKernel = 'Winograd3x3';

export interface WinogradInputs {
  /** [images, height, width, channels]. */
  readonly x: tf.Tensor4D;
  /** What winogradWeights() returns. */
  readonly weights: tf.Tensor4D;
  readonly bias?: tf.Tensor1D;
}

const KERNEL: WinogradKernel = 'Winograd3x3';
/** Outputs that are computed together, and so are stored together in the weights. */
const PANEL = 8;
/** G of F(2x2, 3x3) times three numbers: writes four, `step` apart, starting at `at`. */
function transform(a: number, b: number, c: number, to: Float32Array, at: number, step: number): void {
  to[at] = a;
  to[at + step] = (a + b + c) / 2;
  to[at + 2 * step] = (a - b + c) / 2;
  to[at + 3 * step] = c;
}

/** Whether winogradConv() supports such a convolution on the current backend. */
export function suitsWinograd({ shape: [height, width, channels = 0, outputs = 0] }: Numbers, stride: number): boolean {
  const suits = height === 3 && width === 3 && stride === 1 && channels % 4 === 0 && outputs % PANEL === 0;
  return suits && tf.getKernel(KERNEL, tf.getBackend()) !== undefined;
}

/** A kernel g [3, 3, channels, outputs], transformed to G g G': [16, outputs / 8, channels, 8]. */
export function winogradWeights({ shape, values }: Numbers): tf.Tensor4D {
  const [, , channels = 0, outputs = 0] = shape;
  const size = channels * outputs;
  const transformed = new Float32Array(16 * size);
  const columns = new Float32Array(12); // of one kernel, transformed along y: [4, 3]
  for (let i = 0; i < size; i += 1) {
    const [channel, output] = [Math.floor(i / outputs), i % outputs];
    const place = output % PANEL;
    const to = (output - place) * channels + channel * PANEL + place;
    const tap = (k: number) => values[k * size + i] ?? 0;
    for (let x = 0; x < 3; x += 1) transform(tap(x), tap(3 + x), tap(6 + x), columns, x, 3);
    const row = (k: number) => columns[k] ?? 0;
    for (let v = 0; v < 4; v += 1) transform(row(3 * v), row(3 * v + 1), row(3 * v + 2), transformed, 4 * v * size + to, size);
  }
  return tf.tensor4d(transformed, [16, outputs / PANEL, channels, PANEL]);
}

/** The convolution [images, height, width, outputs], with zero padding and an optional ReLU. */
export function winogradConv(inputs: WinogradInputs, { relu }: { readonly relu: boolean }): tf.Tensor4D {
  return tf.engine().runKernel(KERNEL, { ...inputs }, { relu });
}
