import * as tf from '@tensorflow/tfjs-core';
import type { Numbers } from '../blocks';
import type { Network, Pixels } from '../network';
import { TfjsBlocks } from './blocks';

/** Pixels 0..255 [images, size, size, 3] -> parts of an image's row, in order: each [images, ...] or [images * anything, ...]. */
export type Graph = (blocks: TfjsBlocks, pixels: tf.Tensor4D) => readonly tf.Tensor[];

/** A network in TensorFlow.js on its current backend. */
export class TfjsNetwork implements Network {
  private readonly size: number;
  private readonly blocks: TfjsBlocks;
  private readonly graph: Graph;

  /** size: side of an image, pixels. */
  constructor(size: number, weights: Iterable<readonly [string, Numbers]>, graph: Graph) {
    this.size = size;
    this.blocks = new TfjsBlocks(weights);
    this.graph = graph;
  }

  /** TensorFlow.js compiles as it runs. */
  compile(): Promise<void> {
    return Promise.resolve();
  }

  async run(signal: AbortSignal, pixels: Pixels, length = Number.POSITIVE_INFINITY): Promise<Float32Array[]> {
    signal.throwIfAborted();
    const answer = tf.tidy(() => {
      const images = this.tensorOf(pixels);
      return rowsOf(this.graph(this.blocks, images), images.shape[0], length);
    });
    try {
      const [images, row] = answer.shape;
      const values = await answer.data<'float32'>();
      signal.throwIfAborted();
      return Array.from({ length: images }, (_, i) => values.subarray(i * row, i * row + Math.min(row, length)));
    } finally {
      answer.dispose();
    }
  }

  dispose(): void {
    this.blocks.dispose();
  }

  private tensorOf(pixels: Pixels): tf.Tensor4D {
    if (pixels instanceof tf.Tensor) return pixels;
    if ('rois' in pixels) throw new TypeError('TensorFlow.js cuts no crops');
    const bytes = tf.browser.fromPixels(pixels as unknown as HTMLCanvasElement);
    return tf.reshape(bytes, [-1, this.size, this.size, 3]);
  }
}

/** One row per image, made of the first parts that have `length` numbers in total, or of all. */
export function rowsOf(parts: readonly tf.Tensor[], images: number, length: number): tf.Tensor2D {
  let size = 0;
  const rows = parts.flatMap((part): tf.Tensor2D[] => {
    if (size >= length) return [];
    size += part.size / images;
    return [tf.reshape(part, [images, -1])];
  });
  return tf.concat2d(rows, 1);
}
