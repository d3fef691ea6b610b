import { read, type Step, write } from './step';
import type { Tensor } from './tensor';

const LANES = 64;

/**
 * big + small, upsampled to big's size by nearest neighbour, then an optional ReLU. Throws a RangeError unless all three are whole storages of the
 * same channels.
 */
export function upAdd(big: Tensor, small: Tensor, output: Tensor, relu: boolean): Step {
  const { side, quads } = big;
  for (const { place, quads: own } of [big, small, output])
    if (place.pitch !== quads || own !== quads) throw new RangeError(`${place.storage.name} has other channels, too`);
  const count = big.images * side * side * quads;
  const scale = side / small.side;
  const code = `
@group(0) @binding(0) var<storage, read> shape: vec4u; // vec4s in total; big's side and vec4s per pixel; how many times smaller small is
@group(0) @binding(1) var<storage, read> big: array<vec4f>;
@group(0) @binding(2) var<storage, read> small: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4f>;

@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.x) { return; }
  let pixel = id.x / shape.z;
  // Rows continue from image to image, also in small.
  let at = vec2u(pixel % shape.y, pixel / shape.y) / shape.w;
  let sum = big[id.x] + small[(at.y * (shape.y / shape.w) + at.x) * shape.z + id.x % shape.z];
  output[id.x] = ${relu ? 'max(sum, vec4f())' : 'sum'};
}`;
  return {
    name: output.place.storage.name,
    code,
    bindings: [
      { kind: 'numbers', numbers: Uint32Array.of(count, side, quads, scale) },
      read(big.place.storage),
      read(small.place.storage),
      write(output.place.storage),
    ],
    workgroups: Math.ceil(count / LANES),
    macs: 0,
  };
}
