import { read, type Step, write } from './step';
import type { Tensor } from './tensor';

const LANES = 64;

/** big + small, enlarged to its size by nearest neighbour, then ReLU if asked. All three are whole storages of the same channels. Throws a RangeError for others. */
export function upAdd(big: Tensor, small: Tensor, output: Tensor, relu: boolean): Step {
  const { side, quads } = big;
  for (const { place, quads: own } of [big, small, output])
    if (place.pitch !== quads || own !== quads) throw new RangeError(`${place.storage.name} has other channels, too`);
  const count = big.images * side * side * quads;
  const scale = side / small.side;
  const code = `
@group(0) @binding(0) var<storage, read> shape: vec4u; // vec4s in all; of big: side, vec4s a pixel; times that small is smaller
@group(0) @binding(1) var<storage, read> big: array<vec4f>;
@group(0) @binding(2) var<storage, read> small: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> output: array<vec4f>;

@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.x) { return; }
  let pixel = id.x / shape.z;
  // Rows go on from image to image, also those of small.
  let at = vec2u(pixel % shape.y, pixel / shape.y) / shape.w;
  let sum = big[id.x] + small[(at.y * (shape.y / shape.w) + at.x) * shape.z + id.x % shape.z];
  output[id.x] = ${relu ? 'max(sum, vec4f())' : 'sum'};
}`;
  return {
    name: output.place.storage.name,
    code,
    bindings: [
      { kind: 'uniform', numbers: Uint32Array.of(count, side, quads, scale) },
      read(big.place.storage),
      read(small.place.storage),
      write(output.place.storage),
    ],
    workgroups: Math.ceil(count / LANES),
    macs: 0,
  };
}
