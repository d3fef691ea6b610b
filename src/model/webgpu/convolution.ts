import {
  type ConvolutionShader,
  convolutionCode,
  type Ending,
  HIDDEN_CHANNELS,
  SHAPE_FIELDS,
  type Shape,
} from './convolution.wgsl';
import { constantOf, type Layer } from './layer';
import { type Binding, read, type Step, write } from './step';
import type { Storage, Tensor } from './tensor';
import { invocations, type Tiling, tileFor } from './tile';

/** Where peaks are stored: a row of `row` numbers per image, with `columns` per joint, the first of which is the index of the peak's cell. */
export interface Peaks {
  readonly storage: Storage;
  readonly joints: number;
  readonly row: number;
  readonly columns: number;
}

/** Crops of features around each joint's peak: one image per joint of each person. */
interface Crops {
  readonly peaks: Peaks;
  /** Cells per side of the map that has the peaks. */
  readonly cells: number;
  /** Side of a crop, pixels. */
  readonly side: number;
}

/** A convolution, with zeros outside the image; or two, the second a 1x1 of the first one's output, with a ReLU between. */
export interface Convolution {
  readonly layers: readonly [Layer] | readonly [Layer, Layer];
  readonly input: Tensor;
  readonly output: Tensor;
  readonly stride?: number;
  readonly endings: readonly Ending[];
  readonly crops?: Crops;
}

/** Throws a RangeError for anything that the shaders cannot do. */
export function convolution(conv: Convolution, tiling: Tiling): Step {
  const { layers, input, output, stride = 1, endings, crops } = conv;
  const [first, second] = layers;
  if (input.place.offset > 0) throw new RangeError(`${first.name}: the input is not the beginning of its storage`);
  if (second && second.kernel !== 1) throw new RangeError(`${second.name}: the second of a pair is 1x1`);
  if (second && first.channels > HIDDEN_CHANNELS)
    throw new RangeError(`${first.name}: ${first.channels} channels have no room in a workgroup`);
  const pixels = output.images * output.side ** 2;
  const hiddenQuads = second ? first.channels / 4 : 0;
  const narrow = second ? first.channels : output.quads * 4;
  const tile = tileFor(tiling, pixels, narrow, second ? [output.quads * 4] : []);
  const { lanes, tilesPerWorkgroup } = tiling;
  const shader: ConvolutionShader = {
    tile,
    lanes,
    endings,
    source: crops ? 'crops' : 'whole',
    ...(second ? { tilesPerWorkgroup } : {}),
  };
  const shape: Shape = {
    images: output.images,
    inSide: crops?.side ?? input.side,
    inQuads: input.quads,
    inPitch: input.place.pitch,
    outSide: output.side,
    outQuads: output.quads,
    outPitch: output.place.pitch,
    outOffset: output.place.offset,
    hiddenQuads,
    kernel: first.kernel,
    stride,
    joints: crops?.peaks.joints ?? 0,
    cells: crops?.cells ?? 0,
    featureSide: input.side,
    row: crops?.peaks.row ?? 0,
    columns: crops?.peaks.columns ?? 0,
  };
  const bindings: Binding[] = [
    { kind: 'numbers', numbers: Uint32Array.from(SHAPE_FIELDS, (field) => shape[field]) },
    constantOf(layers, input.quads * 4, output.quads * 4),
    read(input.place.storage),
    write(output.place.storage),
    ...(crops ? [read(crops.peaks.storage)] : []),
  ];
  const workgroups = second
    ? Math.ceil(pixels / (tilesPerWorkgroup * tile.pixels))
    : Math.ceil(invocations(tile, pixels, narrow) / lanes);
  const macs = pixels * layers.reduce((sum, { weights }) => sum + weights.length, 0);
  return { name: layers.map(({ name }) => name).join(', '), code: convolutionCode(shader), bindings, workgroups, macs };
}
