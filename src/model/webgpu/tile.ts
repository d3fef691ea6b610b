/**
 * How much of a convolution one invocation computes. A large tile reads an input or a weight once for many products, which is what counts
 * on a software adapter, where a read costs as much as dozens of products; a GPU wants thousands of invocations, and few registers for each.
 */

export interface Tile {
  /** Consecutive pixels of the flattened images. */
  readonly pixels: number;
  /** Output channels; a multiple of 4. */
  readonly channels: number;
}

/** What suits an adapter. */
export interface Tiling {
  /** Invocations per workgroup. */
  readonly lanes: number;
  /** Adjacent tiles per workgroup that keeps the first convolution's output for the second. */
  readonly tilesPerWorkgroup: number;
  /** Invocations below which a convolution is cut into smaller tiles. */
  readonly invocations: number;
  /** Largest first. Few, since each adds a shader to compile. */
  readonly tiles: readonly Tile[];
}

/** Tiles of 8 pixels run as fast, but SwiftShader then needs over a minute to compile a shader, not two seconds: too many registers. */
export const SOFTWARE: Tiling = {
  lanes: 16,
  tilesPerWorkgroup: 2,
  invocations: 0,
  tiles: [{ pixels: 6, channels: 8 }],
};

export const GPU: Tiling = {
  lanes: 64,
  tilesPerWorkgroup: 8,
  invocations: 1024,
  tiles: [
    { pixels: 4, channels: 8 },
    { pixels: 1, channels: 8 },
  ],
};

/** Invocations that `pixels` with `channels` each take. */
export const invocations = (tile: Tile, pixels: number, channels: number) =>
  Math.ceil(pixels / tile.pixels) * (channels / tile.channels);

/**
 * The largest tile that divides the channels of every convolution in the step and leaves enough invocations; the smallest that divides
 * them if none does. pixels, channels: of the convolution with the fewest invocations. Throws a RangeError if no tile fits.
 */
export function tileFor(tiling: Tiling, pixels: number, channels: number, others: readonly number[] = []): Tile {
  const fitting = tiling.tiles.filter((tile) => [channels, ...others].every((count) => count % tile.channels === 0));
  const tile = fitting.find((one) => invocations(one, pixels, channels) >= tiling.invocations) ?? fitting.at(-1);
  if (!tile) throw new RangeError(`no tile divides ${[channels, ...others]} channels`);
  return tile;
}
