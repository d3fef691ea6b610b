import type { Weights } from '../weights';

/** Name of the layer that foldFeedback creates. */
export const FEEDBACK = 'coarse.feedback(first)';

/**
 * relu(x + feedback(first(x))), where `first` computes the first maps and `feedback` maps them back to features: both are linear and 1x1, so
 * together they are one 1x1 convolution, with the identity added for x itself. One layer replaces two and a sum.
 */
export function foldFeedback(weights: Weights): void {
  const first = weights.take('coarse.first.kernel', [1, 1, undefined, undefined]);
  const [, , width = 0, maps = 0] = first.shape;
  const back = weights.take('coarse.feedback.kernel', [1, 1, maps, width]).values;
  const kernel = multiply(first.values, back, maps).map((value, i) => (i % (width + 1) === 0 ? value + 1 : value));
  const shift = weights.take('coarse.feedback.bias', [width]).values;
  const bias = multiply(weights.take('coarse.first.bias', [maps]).values, back, maps).map((value, i) => value + (shift[i] ?? 0));
  weights.replace(['coarse.first', 'coarse.feedback'], FEEDBACK, { shape: [1, 1, width, width], values: kernel }, bias);
}

/** a [rows, inner] times b [inner, columns], row-major. */
function multiply(a: Float32Array, b: Float32Array, inner: number): Float32Array {
  const columns = b.length / inner;
  const cell = (row: number, column: number) => {
    let sum = 0;
    for (let i = 0; i < inner; i += 1) sum += (a[row * inner + i] ?? 0) * (b[i * columns + column] ?? 0);
    return sum;
  };
  return Float32Array.from({ length: (a.length / inner) * columns }, (_, i) => cell(Math.floor(i / columns), i % columns));
}
