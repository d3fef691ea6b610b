import type { ConvOptions, CropBlocks, SquareShape, WeightSource } from '../blocks';
import { type Convolution, convolution, type Peaks } from './convolution';
import type { Layer } from './layer';
import type { Step } from './step';
import { joined, type Storage, type Tensor, tensor } from './tensor';
import type { Tiling } from './tile';
import { upAdd } from './up-add';

/** The steps of a network for one batch size. */
export interface Recording {
  readonly steps: readonly Step[];
  /** One row of numbers per image, all of the same length. */
  readonly result: Storage;
}

/** Records a network for a batch of that many images. */
export type RecordingFor = (images: number, tiling: Tiling) => Recording;

/** Output channels are padded to a multiple of this, so that tiles divide them. */
const CHANNELS = 8;

/** Blocks that are recorded as steps of a program. */
export class Recorder implements CropBlocks<Tensor, Peaks> {
  private readonly weights: WeightSource;
  private readonly tiling: Tiling;
  /** Steps are created at the end, when every tensor has its place. */
  private readonly recorded: (() => Step)[] = [];

  constructor(weights: WeightSource, tiling: Tiling) {
    this.weights = weights;
    this.tiling = tiling;
  }

  record(step: () => Step): void {
    this.recorded.push(step);
  }

  finish(result: Storage): Recording {
    return { steps: this.recorded.map((step) => step()), result };
  }

  has(name: string): boolean {
    return this.weights.has(`${name}.kernel`);
  }

  conv(input: Tensor, name: string, { stride = 1, relu = false, bias = true }: ConvOptions = {}): Tensor {
    return this.convolve({ layers: [this.layer(name, input.channels, bias)], input, stride, endings: relu ? ['relu'] : [] });
  }

  pair(input: Tensor, first: string, second: string, { residual } = { residual: false }): Tensor {
    const inner = this.layer(first, input.channels);
    return this.convolve({
      layers: [inner, this.layer(second, inner.channels)],
      input,
      endings: residual ? ['residual', 'relu'] : [],
    });
  }

  upAdd(big: Tensor, small: Tensor, { relu } = { relu: false }): Tensor {
    const output = tensor(
      `${big.place.storage.name} + ${small.place.storage.name}`,
      big.images,
      big.side,
      big.channels,
      CHANNELS,
    );
    this.record(() => upAdd(big, small, output, relu));
    return output;
  }

  concat(first: Tensor, second: Tensor): Tensor {
    return joined(first, second);
  }

  cropConv(
    input: Tensor,
    peaks: Peaks,
    name: string,
    { grid, per, span }: SquareShape,
    { bias = true }: Pick<ConvOptions, 'bias'> = {},
  ): Tensor {
    const layers = [this.layer(name, input.channels, bias)] as const;
    return this.convolve({ layers, input, crops: { peaks, cells: grid, side: span * per }, endings: [] });
  }

  private convolve(conv: Omit<Convolution, 'output'>): Tensor {
    const { layers, input, stride = 1, crops } = conv;
    const [first, last = first] = layers;
    const images = input.images * (crops?.peaks.joints ?? 1);
    const output = tensor(last.name, images, (crops?.side ?? input.side) / stride, last.channels, CHANNELS);
    this.record(() => convolution({ ...conv, output }, this.tiling));
    return output;
  }

  private layer(name: string, inputs: number, hasBias = true): Layer {
    const { shape, values } = this.weights.take(`${name}.kernel`, [undefined, undefined, inputs, undefined]);
    const [kernel = 0, , , channels = 0] = shape;
    const bias = hasBias ? this.weights.take(`${name}.bias`, [channels]).values : new Float32Array(channels);
    return { name, kernel, inputs, channels, weights: values, bias };
  }
}
