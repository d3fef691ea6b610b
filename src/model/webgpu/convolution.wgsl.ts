/**
 * Convolutions in WGSL. Sizes are in a buffer, so that one shader serves layers of every shape; only what a tile holds in registers, and
 * what happens to a finished sum, is part of the text.
 */
import type { Tile } from './tile';

/** What happens to a finished sum, in order. residual: the input is added. */
export type Ending = 'residual' | 'relu';

export interface ConvolutionShader {
  readonly tile: Tile;
  readonly lanes: number;
  readonly endings: readonly Ending[];
  /** The input: whole images, or crops of them around each joint's peak, with zeros outside crop and image. */
  readonly source: 'whole' | 'crops';
  /**
   * For a convolution followed by a ReLU and a 1x1 convolution of its output, which never leaves the workgroup: how many tiles of it a
   * workgroup computes. undefined: one convolution.
   */
  readonly tilesPerWorkgroup?: number;
}

/** In the order of the buffer; sides in pixels, channels in vec4s. */
export const SHAPE_FIELDS = [
  'images',
  'inSide',
  'inQuads',
  'inPitch',
  'outSide',
  'outQuads',
  'outPitch',
  'outOffset',
  'hiddenQuads',
  'kernel',
  'stride',
  // For crops: joints per person, side of the map that has the peaks, and of the features; numbers per person and per joint in the result.
  'joints',
  'cells',
  'featureSide',
  'row',
  'columns',
] as const;

export type Shape = Readonly<Record<(typeof SHAPE_FIELDS)[number], number>>;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const lines = (count: number, line: (i: number) => string) => range(count).map(line).join('\n');

/** Maximum number of channels that a workgroup can keep of a first convolution. */
export const HIDDEN_CHANNELS = 96;

/** Where the image that a pixel's convolution reads begins: `corner` in the features, and the features' first pixel. */
const SOURCES = {
  whole: `
fn sourceOf(image: u32) -> Source { return Source(image * shape.inSide * shape.inSide, vec2i(0), i32(shape.inSide)); }`,
  crops: `
fn sourceOf(image: u32) -> Source {
  let person = image / shape.joints;
  let peak = u32(peaks[person * shape.row + (image % shape.joints) * shape.columns]);
  let cell = vec2i(vec2u(peak % shape.cells, peak / shape.cells));
  let perCell = i32(shape.featureSide / shape.cells);
  let margin = (i32(shape.inSide) / perCell - 1) / 2;
  return Source(person * shape.featureSide * shape.featureSide, (cell - margin) * perCell, i32(shape.featureSide));
}`,
} as const;

/** Sums of a tile's products: s{pixel}_{quad}, starting at pixel `first` and at channel group `group`. */
function convolve({ pixels, channels }: Tile, biasAt: string, outQuads: string): string {
  const quads = channels / 4;
  return `
${lines(pixels, (p) => `let place${p} = placeOf(min(first + ${p}u, count - 1u));`)}
${lines(pixels, (p) => lines(quads, (q) => `var s${p}_${q} = weights[${biasAt} + group * ${quads}u + ${q}u];`))}
for (var tap = 0u; tap < shape.kernel * shape.kernel; tap++) {
  let step = vec2i(vec2u(tap % shape.kernel, tap / shape.kernel));
  ${lines(pixels, (p) => `let read${p} = readAt(place${p}, step);`)}
  var at = ${biasAt} + ${outQuads} + tap * shape.inQuads * 4u * ${outQuads} + group * ${quads}u;
  for (var c = 0u; c < shape.inQuads; c++) {
    ${lines(pixels, (p) => `let v${p} = input[read${p}.at + c] * read${p}.inside;`)}
    ${products(pixels, quads, outQuads)}
    at += 4u * ${outQuads};
  }
}`;
}

/** Adds v{pixel} times the weights of four input channels, starting at `at`, to the sums. */
function products(pixels: number, quads: number, outQuads: string): string {
  return range(4)
    .map((j) =>
      lines(
        quads,
        (q) =>
          `let w${j}_${q} = weights[at + ${j}u * ${outQuads} + ${q}u];\n${lines(pixels, (p) => `s${p}_${q} += v${p}[${j}] * w${j}_${q};`)}`,
      ),
    )
    .join('\n');
}

/** Finishes and writes the sums of a tile. */
function store({ pixels, channels }: Tile, endings: readonly Ending[]): string {
  const quads = channels / 4;
  const ended = (sum: string, quad: string) =>
    endings.reduce((value, step) => (step === 'relu' ? `max(${value}, vec4f())` : `(${value} + input[source + ${quad}])`), sum);
  const pixel = (p: number) => `
if (first + ${p}u < count) {
  let source = (first + ${p}u) * shape.inPitch + group * ${quads}u;
  let to = (first + ${p}u) * shape.outPitch + shape.outOffset + group * ${quads}u;
  ${lines(quads, (q) => `output[to + ${q}u] = ${ended(`s${p}_${q}`, `${q}u`)};`)}
}`;
  return lines(pixels, pixel);
}

/** The whole shader. Bindings: 0 shape, 1 weights, 2 input, 3 output, 4 peaks if it reads crops. */
export function convolutionCode(shader: ConvolutionShader): string {
  const { tile, lanes, endings, source, tilesPerWorkgroup } = shader;
  return `
struct Shape { ${SHAPE_FIELDS.map((name) => `${name}: u32`).join(', ')} }
struct Source { begin: u32, corner: vec2i, side: i32 }
/** An output pixel's source, and its first tap in the input image. */
struct Place { source: Source, tap: vec2i }
/** Index of a vec4, and whether it exists (1 or 0). */
struct Read { at: u32, inside: f32 }

@group(0) @binding(0) var<storage, read> shape: Shape;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> input: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4f>;
${source === 'crops' ? '@group(0) @binding(4) var<storage, read> peaks: array<f32>;' : ''}
${SOURCES[source]}

fn placeOf(pixel: u32) -> Place {
  let area = shape.outSide * shape.outSide;
  let at = vec2i(vec2u(pixel % shape.outSide, pixel % area / shape.outSide));
  return Place(sourceOf(pixel / area), at * i32(shape.stride) - i32(shape.kernel / 2u));
}

fn readAt(place: Place, step: vec2i) -> Read {
  let at = place.tap + step;
  let there = at + place.source.corner;
  let inside = all(at >= vec2i()) && all(at < vec2i(i32(shape.inSide))) && all(there >= vec2i()) && all(there < vec2i(place.source.side));
  let pixel = place.source.begin + u32(select(0, there.y * place.source.side + there.x, inside));
  return Read(pixel * shape.inPitch, select(0.0, 1.0, inside));
}
${tilesPerWorkgroup === undefined ? single(tile, lanes, endings) : pair(tile, lanes, endings, tilesPerWorkgroup)}`;
}

/** One invocation, one tile. */
function single(tile: Tile, lanes: number, endings: readonly Ending[]): string {
  return `
@compute @workgroup_size(${lanes})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let count = shape.images * shape.outSide * shape.outSide;
  let tiles = (count + ${tile.pixels - 1}u) / ${tile.pixels}u;
  let first = id.x % tiles * ${tile.pixels}u;
  let group = id.x / tiles;
  if (group * ${tile.channels / 4}u >= shape.outQuads) { return; }
  ${convolve(tile, '0u', 'shape.outQuads')}
  ${store(tile, endings)}
}`;
}

/** One workgroup, several tiles: all channels of the first convolution, a barrier, all channels of the second. */
function pair(tile: Tile, lanes: number, endings: readonly Ending[], tiles: number): string {
  const { pixels } = tile;
  const quads = tile.channels / 4;
  return `
var<workgroup> hidden: array<vec4f, ${(tiles * pixels * HIDDEN_CHANNELS) / 4}>;

@compute @workgroup_size(${lanes})
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let count = shape.images * shape.outSide * shape.outSide;
  let begin = id.x * ${tiles * pixels}u;
  for (var item = lane; item < ${tiles}u * shape.hiddenQuads / ${quads}u; item += ${lanes}u) {
    let local = item % ${tiles}u * ${pixels}u;
    let first = begin + local;
    let group = item / ${tiles}u;
    ${convolve(tile, '0u', 'shape.hiddenQuads')}
    ${lines(pixels, (p) => lines(quads, (q) => `hidden[(local + ${p}u) * shape.hiddenQuads + group * ${quads}u + ${q}u] = max(s${p}_${q}, vec4f());`))}
  }
  workgroupBarrier();
  let second = (1u + shape.kernel * shape.kernel * shape.inQuads * 4u) * shape.hiddenQuads;
  for (var item = lane; item < ${tiles}u * shape.outQuads / ${quads}u; item += ${lanes}u) {
    let local = item % ${tiles}u * ${pixels}u;
    let first = begin + local;
    let group = item / ${tiles}u;
    ${lines(pixels, (p) => lines(quads, (q) => `var s${p}_${q} = weights[second + group * ${quads}u + ${q}u];`))}
    var at = second + shape.outQuads + group * ${quads}u;
    for (var c = 0u; c < shape.hiddenQuads; c++) {
      ${lines(pixels, (p) => `let v${p} = hidden[(local + ${p}u) * shape.hiddenQuads + c];`)}
      ${products(pixels, quads, 'shape.outQuads')}
      at += 4u * shape.outQuads;
    }
    ${store(tile, endings)}
  }
}`;
}
