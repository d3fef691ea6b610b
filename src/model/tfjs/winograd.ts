/** 3x3 convolutions with stride 1 by Winograd's algorithm, where the current backend has a kernel for them: WASM has (../wasm/winograd.ts). */
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
/** Outputs that are computed together, and so lie together in the weights. */
const PANEL = 8;
/** G of F(2x2, 3x3): a kernel g becomes G g G'. */
const TRANSFORM = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
] as const;

/** Whether winogradConv() computes such a convolution on the current backend. */
export function suitsWinograd({ shape: [height, width, channels = 0, outputs = 0] }: Numbers, stride: number): boolean {
  const suits = height === 3 && width === 3 && stride === 1 && channels % 4 === 0 && outputs % PANEL === 0;
  return suits && tf.getKernel(KERNEL, tf.getBackend()) !== undefined;
}

/** A kernel [3, 3, channels, outputs], transformed: [16, outputs / 8, channels, 8]. */
export function winogradWeights({ shape, values }: Numbers): tf.Tensor4D {
  const [, , channels = 0, outputs = 0] = shape;
  const size = channels * outputs;
  const transformed = new Float32Array(16 * size);
  for (let i = 0; i < size; i += 1) {
    const [channel, output] = [Math.floor(i / outputs), i % outputs];
    const column = output % PANEL;
    const to = (output - column) * channels + channel * PANEL + column;
    TRANSFORM.forEach((down, v) => {
      TRANSFORM.forEach((across, u) => {
        let sum = 0;
        for (let k = 0; k < 9; k += 1) sum += (down[Math.floor(k / 3)] ?? 0) * (across[k % 3] ?? 0) * (values[k * size + i] ?? 0);
        transformed[(4 * v + u) * size + to] = sum;
      });
    });
  }
  return tf.tensor4d(transformed, [16, outputs / PANEL, channels, PANEL]);
}

/** The convolution [images, height, width, outputs], zeros beyond the edges, with ReLU if asked. */
export function winogradConv(inputs: WinogradInputs, { relu }: { readonly relu: boolean }): tf.Tensor4D {
  return tf.engine().runKernel(KERNEL, { ...inputs }, { relu });
}
