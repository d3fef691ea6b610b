import { type Convolution, convolution } from './convolution';
import type { Layer } from './layer';
import type { Step } from './step';
import { type Tensor, tensor } from './tensor';
import type { Tiling } from './tile';
import { upAdd } from './up-add';

/** The layers of a network by name. */
export interface Layers {
  has(name: string): boolean;
  take(name: string): Layer;
}

/** Output channels are rounded up to as many: what the tiles divide. */
const CHANNELS = 8;

/** Writes down the steps of a network's blocks (training/posecade/model.py), as src/model/layers.ts runs them. */
export class Recorder {
  readonly steps: Step[] = [];
  readonly layers: Layers;
  private readonly tiling: Tiling;

  constructor(layers: Layers, tiling: Tiling) {
    this.layers = layers;
    this.tiling = tiling;
  }

  /** Anything that one step can do. The output is given, or made as large as the convolution's. */
  convolve(conv: Omit<Convolution, 'output'>, into?: Tensor): Tensor {
    const { layers, input, stride = 1, crops } = conv;
    const [first, last = first] = layers;
    const side = (crops?.side ?? input.side) / stride;
    const channels = Math.ceil(last.channels / CHANNELS) * CHANNELS;
    const output = into ?? tensor(last.name, input.images * (crops?.joints ?? 1), side, channels);
    this.steps.push(convolution({ ...conv, output }, this.tiling));
    return output;
  }

  /** Convolution and ReLU. */
  unit(input: Tensor, name: string, { stride = 1, into }: { readonly stride?: number; readonly into?: Tensor } = {}): Tensor {
    return this.convolve({ layers: [this.layers.take(name)], input, stride, endings: ['relu'] }, into);
  }

  /** relu(x + 1x1(3x3(x))), narrow inside. */
  residual(input: Tensor, name: string, into?: Tensor): Tensor {
    const layers = [this.layers.take(`${name}.reduce`), this.layers.take(`${name}.expand`)] as const;
    return this.convolve({ layers, input, endings: ['residual', 'relu'] }, into);
  }

  /** big + small, then ReLU if asked. */
  add(big: Tensor, small: Tensor, relu = false): Tensor {
    const output = tensor(`${big.storage.name} + ${small.storage.name}`, big.images, big.side, big.quads * 4);
    this.steps.push(upAdd(big, small, output, relu));
    return output;
  }

  /** Down to a quarter of the resolution and back, with skips: the path that sees whole people. */
  context(x: Tensor, name: string): Tensor {
    const down1 = this.sequence(x, `${name}.down1`);
    const down2 = this.sequence(down1, `${name}.down2`);
    const mix1 = this.residual(this.add(down1, this.unit(down2, `${name}.up2`)), `${name}.mix1`);
    return this.residual(this.add(x, this.unit(mix1, `${name}.up1`)), `${name}.mix0`);
  }

  /** name.0, name.1, ...: units that halve the resolution, and residuals. into: where the last one's output goes, if to no tensor of its own. */
  sequence(input: Tensor, name: string, into?: Tensor): Tensor {
    const isUnit = (i: number) => this.layers.has(`${name}.${i}`);
    const exists = (i: number) => isUnit(i) || this.layers.has(`${name}.${i}.reduce`);
    let x = input;
    for (let i = 0; exists(i); i += 1) {
      const to = exists(i + 1) ? undefined : into;
      x = isUnit(i)
        ? this.unit(x, `${name}.${i}`, { stride: 2, ...(to ? { into: to } : {}) })
        : this.residual(x, `${name}.${i}`, to);
    }
    return x;
  }
}
