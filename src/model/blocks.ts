/**
 * The building blocks of the networks (training/posecade/model.py), with batch norm folded into the convolutions. A network is defined once, in
 * terms of these blocks, for tensors T of any kind: TensorFlow.js computes them immediately (tfjs/blocks.ts), WebGPU records them as steps of a
 * program (webgpu/recorder.ts). Tensors are [images, y, x, channels].
 */

/** Values of a tensor, row-major. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights of a network by name. */
export interface WeightSource {
  has(name: string): boolean;
  /** Throws an Error if there is no tensor of that name and shape. undefined: an axis of any length. */
  take(name: string, shape: readonly (number | undefined)[]): Numbers;
}

export interface ConvOptions {
  /** 2: halves the resolution. */
  readonly stride?: 1 | 2;
  readonly relu?: boolean;
  /** false: the layer has none. */
  readonly bias?: boolean;
}

/** Layers are identified by name; their weights have the layer's name plus `.kernel` or `.bias`. */
export interface Blocks<T> {
  has(name: string): boolean;
  /** A convolution with PyTorch's zero padding: the same on all four sides, even with stride 2. */
  conv(x: T, name: string, options?: ConvOptions): T;
  /** second(relu(first(x))), where second is 1x1. residual: relu(x + that). */
  pair(x: T, first: string, second: string, options?: { readonly residual: boolean }): T;
  /** big + small, then an optional ReLU. small has the size of big, or half of it and is then upsampled by nearest neighbour. */
  upAdd(big: T, small: T, options?: { readonly relu: boolean }): T;
  /** Concatenates the channels of both. */
  concat(first: T, second: T): T;
}

/** Squares of feature maps around peaks. */
export interface SquareShape {
  /** Cells per side of the map that has the peaks. */
  readonly grid: number;
  /** Feature pixels per cell, along one side. */
  readonly per: number;
  /** Cells per side of the square; odd, so that the peak's cell is in the middle. */
  readonly span: number;
}

/** Blocks that also crop around peaks P, one for each joint of each image. */
export interface CropBlocks<T, P> extends Blocks<T> {
  /** A convolution of squares of the features [images, ...]: [images * joints, side, side, channels]. Zeros outside square and image. */
  cropConv(features: T, peaks: P, name: string, shape: SquareShape, options?: Pick<ConvOptions, 'bias'>): T;
}

/** Convolution and ReLU. */
export function unit<T>(blocks: Blocks<T>, x: T, name: string, stride: 1 | 2 = 1): T {
  return blocks.conv(x, name, { stride, relu: true });
}

/** relu(x + 1x1(3x3(x))), narrow inside. */
export function residual<T>(blocks: Blocks<T>, x: T, name: string): T {
  return blocks.pair(x, `${name}.reduce`, `${name}.expand`, { residual: true });
}

/**
 * name.0, name.1, ... in sequence, as many as there are. A residual is recognised by its inner convolution; a plain unit in a sequence always
 * halves the resolution.
 */
export function sequence<T>(blocks: Blocks<T>, x: T, name: string): T {
  let y = x;
  for (let i = 0; ; i += 1) {
    if (blocks.has(`${name}.${i}`)) y = unit(blocks, y, `${name}.${i}`, 2);
    else if (blocks.has(`${name}.${i}.reduce`)) y = residual(blocks, y, `${name}.${i}`);
    else return y;
  }
}

/** Down to a quarter of the resolution and back, with skip connections: the path that sees whole people. deepest: the features at a quarter. */
export function contextPath<T>(blocks: Blocks<T>, x: T, name: string): { readonly features: T; readonly deepest: T } {
  const half = sequence(blocks, x, `${name}.down1`);
  const deepest = sequence(blocks, half, `${name}.down2`);
  const middle = residual(blocks, blocks.upAdd(half, unit(blocks, deepest, `${name}.up2`)), `${name}.mix1`);
  return { features: residual(blocks, blocks.upAdd(x, unit(blocks, middle, `${name}.up1`)), `${name}.mix0`), deepest };
}
