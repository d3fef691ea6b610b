import * as tf from '@tensorflow/tfjs-core';
import type { ConvOptions, CropBlocks, Numbers, SquareShape } from '../blocks';
import { gatherCrops, squareTable, zeroRow } from './gather';
import { suitsWinograd, winogradConv, winogradWeights } from './winograd';

/** Blocks that are computed immediately, on the current backend, within the caller's tidy. Owns its tensors until dispose(). */
export class TfjsBlocks implements CropBlocks<tf.Tensor4D, tf.Tensor1D> {
  private readonly weights: ReadonlyMap<string, Numbers>;
  private readonly constants = new Map<string, tf.Tensor>();

  constructor(weights: Iterable<readonly [string, Numbers]>) {
    this.weights = new Map(weights);
  }

  has(name: string): boolean {
    return this.weights.has(`${name}.kernel`);
  }

  weight<R extends tf.Rank>(name: string): tf.Tensor<R> {
    const { shape, values } = this.numbers(name);
    return this.constant(name, () => tf.tensor(values, [...shape] as tf.ShapeMap[R]));
  }

  /** Created once, and kept. */
  constant<T extends tf.Tensor>(name: string, make: () => T): T {
    const tensor = this.constants.get(name) ?? tf.keep(make());
    this.constants.set(name, tensor);
    return tensor as T;
  }

  conv(x: tf.Tensor4D, name: string, { stride = 1, relu = false, bias = true }: ConvOptions = {}): tf.Tensor4D {
    const shift = bias ? { bias: this.weight<tf.Rank.R1>(`${name}.bias`) } : {};
    const kernel = this.numbers(`${name}.kernel`);
    if (suitsWinograd(kernel, stride)) {
      const weights = this.constant(`${name}.winograd`, () => winogradWeights(kernel));
      return winogradConv({ x, weights, ...shift }, { relu });
    }
    const filter = this.weight<tf.Rank.R4>(`${name}.kernel`);
    return tf.fused.conv2d({
      x,
      filter,
      strides: stride,
      pad: (filter.shape[0] - 1) / 2, // TensorFlow's 'same' would sample other pixels with stride 2
      ...shift,
      activation: relu ? 'relu' : 'linear',
    });
  }

  pair(x: tf.Tensor4D, first: string, second: string, { residual } = { residual: false }): tf.Tensor4D {
    const y = this.conv(this.conv(x, first, { relu: true }), second);
    return residual ? this.upAdd(x, y, { relu: true }) : y;
  }

  upAdd(big: tf.Tensor4D, small: tf.Tensor4D, { relu } = { relu: false }): tf.Tensor4D {
    const [, height, width] = big.shape;
    // Nearest neighbour is exact on every backend.
    const enlarged = small.shape[1] === height ? small : tf.image.resizeNearestNeighbor(small, [height, width]);
    const sum: tf.Tensor4D = tf.add(big, enlarged);
    return relu ? tf.relu(sum) : sum;
  }

  concat(first: tf.Tensor4D, second: tf.Tensor4D): tf.Tensor4D {
    return tf.concat([first, second], 3);
  }

  cropConv(features: tf.Tensor4D, peaks: tf.Tensor1D, name: string, shape: SquareShape, options?: ConvOptions): tf.Tensor4D {
    const table = this.constant(`${name}.table`, () => squareTable(shape, zeroRow(shape)));
    return this.conv(gatherCrops(features, table, peaks, shape), name, options);
  }

  dispose(): void {
    tf.dispose([...this.constants.values()]);
    this.constants.clear();
  }

  private numbers(name: string): Numbers {
    const numbers = this.weights.get(name);
    if (!numbers) throw new RangeError(`no weights ${name}`);
    return numbers;
  }
}
