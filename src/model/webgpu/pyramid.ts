import { type Step, write } from './step';
import type { Tensor } from './tensor';

const LANES = 64;

/**
 * The image pyramid (paper, section 1) of a sheet of square crops, one below the other: each crop normalised, (byte / 255 - mean) / std, then
 * halved twice by 2 x 2 means. levels: sides in the ratios 4, 2, 1; red, green, blue and nought.
 */
export function pyramid(levels: readonly [Tensor, Tensor, Tensor], mean: number, std: number): Step {
  const [whole, half, quarter] = levels;
  const pixels = quarter.images * quarter.side * quarter.side;
  const code = `
@group(0) @binding(0) var sheet: texture_2d<f32>;
@group(0) @binding(1) var<storage, read_write> whole: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> half: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> quarter: array<vec4f>;

const SIDE = ${quarter.side}u;

/** From a pixel of the pyramid's top down: the mean of what lies below it. */
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${pixels}u) { return; }
  // The sheet's rows go on from crop to crop, and so do those of each level.
  let at = vec2u(id.x % SIDE, id.x / SIDE);
  var top = vec4f();
  for (var i = 0u; i < 4u; i++) {
    let middle = at * 2u + vec2u(i % 2u, i / 2u);
    var sum = vec4f();
    for (var j = 0u; j < 4u; j++) {
      let pixel = middle * 2u + vec2u(j % 2u, j / 2u);
      let value = vec4f((textureLoad(sheet, pixel, 0).rgb - ${mean}) / ${std}, 0.0);
      whole[pixel.y * SIDE * 4u + pixel.x] = value;
      sum += value;
    }
    half[middle.y * SIDE * 2u + middle.x] = sum / 4.0;
    top += sum / 4.0;
  }
  quarter[id.x] = top / 4.0;
}`;
  return {
    name: 'pyramid',
    code,
    bindings: [{ kind: 'texture' }, write(whole.storage), write(half.storage), write(quarter.storage)],
    workgroups: Math.ceil(pixels / LANES),
    macs: 0,
  };
}
