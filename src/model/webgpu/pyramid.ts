import type { InputScale } from '../network';
import { type Step, write } from './step';
import type { Tensor } from './tensor';

const LANES = 64;

/**
 * The image pyramid (paper, section 1) of square crops of a frame: each is resampled, normalised, then halved by 2 x 2 means, as often as there
 * are levels. levels: finest first, each half as wide as the last; channels red, green, blue and zero. Pixels equal those of
 * src/pose/resample.ts, except for rounding.
 */
export function pyramid(levels: readonly Tensor[], { mean, std }: InputScale): Step {
  const [finest] = levels;
  const top = levels.at(-1);
  if (!finest || !top) throw new RangeError('a pyramid without levels');
  const pixels = top.images * top.side * top.side;
  // In each level, rows continue from image to image.
  const levelCode = ({ side }: Tensor, level: number) => `
fn level${level}(at: vec2u) -> vec4f {
  ${level === 0 ? `let value = vec4f((cropped(at) - ${mean}) / ${std}, 0.0);` : meanOf(level - 1)}
  out${level}[at.y * ${side}u + at.x] = value;
  return value;
}`;
  const code = `${cropCode(finest.side)}
${levels.map((_, level) => `@group(0) @binding(${level}) var<storage, read_write> out${level}: array<vec4f>;`).join('\n')}
${levels.map(levelCode).join('\n')}

/** One pixel of the coarsest level, and the pixels of the finer levels below it. */
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&crops) * ${top.side * top.side}u) { return; }
  _ = level${levels.length - 1}(vec2u(id.x % ${top.side}u, id.x / ${top.side}u));
}`;
  const bindings = levels.map(({ place }) => write(place.storage));
  return { name: 'pyramid', code, bindings, readsFrame: true, workgroups: Math.ceil(pixels / LANES), macs: 0 };
}

/** A pixel of a crop: the mean of the area that it covers, or bilinear where the crop is enlarged. One linear tap reads 2 x 2 pixels. */
const cropCode = (side: number) => `
/** In pixels of the frame, of which \`size\` belong to the image; step: width of a pixel of the crop. */
struct Crop { corner: vec2f, step: f32, mirrored: f32, size: vec2f }

@group(1) @binding(0) var frame: texture_2d<f32>;
@group(1) @binding(1) var linear: sampler;
@group(1) @binding(2) var<storage, read> crops: array<Crop>;

fn colourAt(at: vec2f) -> vec3f {
  return textureSampleLevel(frame, linear, at / vec2f(textureDimensions(frame)), 0.0).rgb;
}

/** Where to sample pixels i and i + 1 as far as they lie between low and high, and how much of them does. */
fn tap(i: f32, low: f32, high: f32) -> vec2f {
  let first = min(i + 1.0, high) - max(i, low);
  let second = max(0.0, min(i + 2.0, high) - (i + 1.0));
  return vec2f(i + 0.5 + second / (first + second), first + second);
}

fn cropped(at: vec2u) -> vec3f {
  let crop = crops[at.y / ${side}u];
  let column = select(at.x, ${side - 1}u - at.x, crop.mirrored > 0.0);
  let begin = crop.corner + vec2f(vec2u(column, at.y % ${side}u)) * crop.step;
  if (crop.step < 1.0) {
    let middle = begin + crop.step / 2.0;
    if (any(middle < vec2f()) || any(middle > crop.size)) { return vec3f(); }
    return colourAt(clamp(middle, vec2f(0.5), crop.size - 0.5));
  }
  let low = max(begin, vec2f());
  let high = min(begin + crop.step, crop.size);
  var sum = vec3f();
  for (var y = floor(low.y); y < high.y; y += 2.0) {
    let row = tap(y, low.y, high.y);
    for (var x = floor(low.x); x < high.x; x += 2.0) {
      let column = tap(x, low.x, high.x);
      sum += row.y * column.y * colourAt(vec2f(column.x, row.x));
    }
  }
  return sum / (crop.step * crop.step);
}`;

/** Mean of the four pixels below, in the next finer level. */
const meanOf = (level: number) => `
  let below = at * 2u;
  let value = (level${level}(below) + level${level}(below + vec2u(1u, 0u))
    + level${level}(below + vec2u(0u, 1u)) + level${level}(below + 1u)) / 4.0;`;
