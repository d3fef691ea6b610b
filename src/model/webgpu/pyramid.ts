import type { InputScale } from '../network';
import { type Step, write } from './step';
import type { Tensor } from './tensor';

const LANES = 64;

/**
 * The image pyramid (paper, section 1) of a sheet of square images, one below the other: each normalised, then halved by 2 x 2 means, as
 * often as there are levels. levels: finest first, each half as wide as the last; red, green, blue and nought.
 */
export function pyramid(levels: readonly Tensor[], { mean, std }: InputScale): Step {
  const top = levels.at(-1);
  if (!top) throw new RangeError('a pyramid without levels');
  const pixels = top.images * top.side * top.side;
  // The sheet's rows go on from image to image, and so do those of each level.
  const levelCode = ({ side }: Tensor, level: number) => `
fn level${level}(at: vec2u) -> vec4f {
  ${level === 0 ? `let value = vec4f((textureLoad(sheet, at, 0).rgb - ${mean}) / ${std}, 0.0);` : meanOf(level - 1)}
  out${level}[at.y * ${side}u + at.x] = value;
  return value;
}`;
  const code = `
@group(0) @binding(0) var sheet: texture_2d<f32>;
${levels.map((_, level) => `@group(0) @binding(${level + 1}) var<storage, read_write> out${level}: array<vec4f>;`).join('\n')}
${levels.map(levelCode).join('\n')}

/** From a pixel of the coarsest level down. */
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= ${pixels}u) { return; }
  _ = level${levels.length - 1}(vec2u(id.x % ${top.side}u, id.x / ${top.side}u));
}`;
  const bindings = [{ kind: 'texture' } as const, ...levels.map(({ place }) => write(place.storage))];
  return { name: 'pyramid', code, bindings, workgroups: Math.ceil(pixels / LANES), macs: 0 };
}

/** Of the four pixels below. */
const meanOf = (level: number) => `
  let below = at * 2u;
  let value = (level${level}(below) + level${level}(below + vec2u(1u, 0u))
    + level${level}(below + vec2u(0u, 1u)) + level${level}(below + 1u)) / 4.0;`;
