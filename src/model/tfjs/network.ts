import * as tf from '@tensorflow/tfjs-core';
import type { Numbers } from '../blocks';
import type { Network, Pixels } from '../network';
import { TfjsBlocks } from './blocks';

/** Pixels 0..255 [images, size, size, 3] -> numbers [images, ...], in blocks. */
export type Graph = (blocks: TfjsBlocks, pixels: tf.Tensor4D) => tf.Tensor;

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
    const answer = tf.tidy(() => this.graph(this.blocks, this.tensorOf(pixels)));
    try {
      const [images = 0] = answer.shape;
      const values = await answer.data<'float32'>();
      signal.throwIfAborted();
      const row = values.length / images;
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
