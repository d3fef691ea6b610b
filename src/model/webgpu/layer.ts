import type { Binding } from './step';

/** Shape and weights of a convolution. */
export interface Layer {
  readonly name: string;
  /** Side of the kernel, pixels: 1 or 3. */
  readonly kernel: number;
  /** Input channels. */
  readonly inputs: number;
  /** Output channels. */
  readonly channels: number;
  /** [kernel, kernel, input channels, output channels]. */
  readonly weights: Float32Array;
  /** [output channels]. */
  readonly bias: Float32Array;
}

/** [..., rows, columns], each matrix padded with zeros to `toRows` x `toColumns`. */
export function padded(
  numbers: Float32Array,
  rows: number,
  columns: number,
  toRows: number,
  toColumns: number,
): Float32Array<ArrayBuffer> {
  const matrices = numbers.length / (rows * columns);
  const out = new Float32Array(matrices * toRows * toColumns);
  for (let i = 0; i < matrices * rows; i += 1) {
    const to = Math.floor(i / rows) * toRows + (i % rows);
    out.set(numbers.subarray(i * columns, (i + 1) * columns), to * toColumns);
  }
  return out;
}

/** Consecutive layers as the shaders read them: bias, then weights, of each. inputs, outputs: padded channels of the first and the last. */
export function constantOf(layers: readonly Layer[], inputs: number, outputs: number): Binding {
  const parts = () =>
    layers.flatMap(({ inputs: from, channels, weights, bias }, i) => {
      const toOutputs = i === layers.length - 1 ? outputs : channels;
      return [padded(bias, 1, channels, 1, toOutputs), padded(weights, from, channels, i === 0 ? inputs : from, toOutputs)];
    });
  return { kind: 'constant', name: layers.map(({ name }) => name).join(', '), make: () => joined(parts()) };
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
