/** The shaders that reduce maps to numbers, as decode.ts and own-logits.ts do, and write them to a person's row of the read-back (row.ts). */
import { WINDOW } from '../../pose/heatmap';
import { padded } from '../webgpu/layer';
import { read, type Step, write } from '../webgpu/step';
import type { Storage, Tensor } from '../webgpu/tensor';
import { type Contract, EARLY_PER_CELL } from './contract';
import { VERDICT, WHOLE } from './person-head';
import { CHANNELS, COLUMNS, rowOf } from './row';

const LANES = 32;

const header = (contract: Contract) => {
  const row = rowOf(contract);
  return `
const LANES = ${LANES}u;
const JOINTS = ${contract.joints.length}u;
const COLUMNS = ${COLUMNS}u;
const ROW = ${row.length}u;
const SIDE = ${contract.coarse.cells}u;
const CELLS = SIDE * SIDE;
`;
};

/** The mean colour of each coarse cell. level: a normalised crop with a whole number of pixels per cell. */
export function meanColours(contract: Contract, level: Tensor, result: Storage): Step {
  const per = level.side / contract.coarse.cells;
  const code = `${header(contract)}
const PER = ${per}u;

@group(0) @binding(0) var<storage, read> level: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(LANES)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let cell = id.x % CELLS;
  let person = id.x / CELLS;
  if (person >= arrayLength(&result) / ROW) { return; }
  let corner = (person * SIDE + cell / SIDE) * PER * SIDE * PER + cell % SIDE * PER;
  var sum = vec4f();
  for (var i = 0u; i < PER * PER; i++) { sum += level[corner + i / PER * SIDE * PER + i % PER]; }
  let at = person * ROW + ${rowOf(contract).colours}u + cell * ${CHANNELS}u;
  for (var c = 0u; c < ${CHANNELS}u; c++) { result[at + c] = sum[c] / f32(PER * PER); }
}`;
  const workgroups = Math.ceil((level.images * contract.coarse.cells ** 2) / LANES);
  return { name: 'colours', code, bindings: [read(level.place.storage), write(result)], workgroups, macs: 0 };
}

/** One workgroup per joint: its peak (the first largest cell), the probability and moments of the window around it, and the map. */
export function decodeCoarse(contract: Contract, logits: Tensor, result: Storage): Step {
  const row = rowOf(contract);
  const code = `${header(contract)}
const PITCH = ${logits.place.pitch * 4}u;
const HALF_WINDOW = ${Math.floor(WINDOW / 2)}.0;

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read_write> result: array<f32>;
var<workgroup> tops: array<vec2f, LANES>;
var<workgroup> sums: array<vec4f, LANES>;

fn centre(cell: u32) -> vec2f { return vec2f(vec2u(cell % SIDE, cell / SIDE)); }

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let person = id.x / JOINTS;
  let joint = id.x % JOINTS;
  let map = person * ROW + ${row.coarseMaps}u + joint * ${row.stored}u;
  var top = vec2f(-3e38, 0.0);
  for (var cell = lane; cell < CELLS; cell += LANES) {
    let logit = logits[(person * CELLS + cell) * PITCH + joint];
    if (logit > top.x) { top = vec2f(logit, f32(cell)); }
  }
  tops[lane] = top;
  workgroupBarrier();
  for (var i = 0u; i < LANES; i++) {
    let other = tops[i];
    if (other.x > top.x || (other.x == top.x && other.y < top.y)) { top = other; }
  }
  // "absent" has the logit 0 by definition.
  let high = max(top.x, 0.0);
  let peak = centre(u32(top.y));
  var sum = vec4f();
  for (var cell = lane; cell < CELLS; cell += LANES) {
    let value = exp(logits[(person * CELLS + cell) * PITCH + joint] - high);
    let away = centre(cell) - peak;
    let near = select(0.0, 1.0, all(abs(away) <= vec2f(HALF_WINDOW)));
    sum += value * vec4f(1.0, near, near * (away + 0.5));
    result[map + cell] = value;
  }
  sums[lane] = sum;
  workgroupBarrier();
  var total = vec4f(exp(-high), 0.0, 0.0, 0.0);
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  for (var cell = lane; cell < CELLS; cell += LANES) { result[map + cell] /= total.x; }
  if (lane == 0u) {
    let at = person * ROW + joint * COLUMNS;
    result[at] = top.y;
    result[at + 1u] = total.y / total.x;
    result[at + 2u] = total.z / total.x;
    result[at + 3u] = total.w / total.x;
    result[map + CELLS] = top.x; // for the fine decoder: nothing else reads what follows a map's cells
  }
}`;
  const bindings = [read(logits.place.storage), write(result)];
  return { name: 'decode.coarse', code, bindings, workgroups: logits.images * contract.joints.length, macs: 0 };
}

/**
 * One workgroup per person: the person head's logits, a dense layer over all its cells. whole: [cells * channels, VERDICT]; bias: [VERDICT]. Throws a
 * RangeError for features that are padded.
 */
export function decodePerson(
  contract: Contract,
  features: Tensor,
  whole: Float32Array,
  bias: Float32Array,
  result: Storage,
): Step {
  const { channels, quads, side } = features;
  if (channels !== 4 * quads) throw new RangeError(`${channels} channels are not whole vec4s`);
  const count = side ** 2 * quads;
  const code = `${header(contract)}
const COUNT = ${count}u;

@group(0) @binding(0) var<storage, read> features: array<vec4f>;
@group(0) @binding(1) var<storage, read> weights: array<vec2f>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;
var<workgroup> sums: array<vec2f, LANES>;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  var sum = vec2f();
  for (var i = lane; i < COUNT; i += LANES) {
    let seen = features[id.x * COUNT + i];
    for (var c = 0u; c < 4u; c++) { sum += seen[c] * weights[i * 4u + c]; }
  }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane == 0u) {
    var total = weights[COUNT * 4u];
    for (var i = 0u; i < LANES; i++) { total += sums[i]; }
    let at = id.x * ROW + ${rowOf(contract).verdict}u;
    result[at] = total.x;
    result[at + 1u] = total.y;
  }
}`;
  const weights = { kind: 'constant', name: WHOLE.kernel, make: () => Float32Array.of(...whole, ...bias) } as const;
  return {
    name: 'decode.person',
    code,
    bindings: [read(features.place.storage), weights, write(result)],
    workgroups: features.images,
    macs: features.images * count * 4 * VERDICT,
  };
}

/**
 * One workgroup per joint: the fine logits (the joint's own 1x1 of the features and of its coarse logits there: own-logits.ts),
 * their mean and largest cell, and the map. own: [joints, channels + 1]; throws a RangeError for features that are padded.
 */
export function decodeFine(contract: Contract, features: Tensor, logits: Tensor, own: Float32Array, result: Storage): Step {
  const { fine } = contract;
  const { channels } = features;
  if (channels !== 4 * features.quads) throw new RangeError(`${channels} channels are not whole vec4s`);
  const row = rowOf(contract);
  const ownQuads = features.quads + 1;
  const code = `${header(contract)}
const FINE_SIDE = ${fine.cells}u;
const FINE_CELLS = FINE_SIDE * FINE_SIDE;
const PITCH = ${logits.place.pitch * 4}u;
const QUADS = ${features.quads}u;
const CROP = ${fine.crop};

@group(0) @binding(0) var<storage, read> features: array<vec4f>;
@group(0) @binding(1) var<storage, read> logits: array<f32>;
@group(0) @binding(2) var<storage, read> own: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
var<workgroup> fineLogits: array<f32, FINE_CELLS>;
var<workgroup> tops: array<f32, LANES>;
var<workgroup> sums: array<vec3f, LANES>;

/** Height of a coarse logit above \`low\`; zero below it and outside the map. */
fn height(person: u32, joint: u32, at: vec2i, low: f32) -> f32 {
  let inside = all(at >= vec2i()) && all(at < vec2i(i32(SIDE)));
  let cell = select(0u, u32(at.y) * SIDE + u32(at.x), inside);
  return select(0.0, max(0.0, logits[(person * CELLS + cell) * PITCH + joint] - low), inside);
}

/** The heights in the crop around the peak, interpolated bilinearly at a fine cell. */
fn evidence(person: u32, joint: u32, peak: u32, cell: u32) -> f32 {
  let low = result[person * ROW + ${row.coarseMaps}u + joint * ${row.stored}u + CELLS] - ${fine.reach};
  let corner = vec2i(vec2u(peak % SIDE, peak / SIDE)) - CROP / 2;
  let to = vec2f(vec2u(cell % FINE_SIDE, cell / FINE_SIDE));
  let at = clamp((to + 0.5) / ${EARLY_PER_CELL}.0 - 0.5, vec2f(), vec2f(f32(CROP - 1)));
  let low0 = vec2i(at);
  let next = min(low0 + 1, vec2i(CROP - 1));
  let part = at - vec2f(low0);
  let above = mix(height(person, joint, corner + low0, low), height(person, joint, corner + vec2i(next.x, low0.y), low), part.x);
  let below = mix(height(person, joint, corner + vec2i(low0.x, next.y), low), height(person, joint, corner + next, low), part.x);
  return mix(above, below, part.y);
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let person = id.x / JOINTS;
  let joint = id.x % JOINTS;
  let at = person * ROW + joint * COLUMNS;
  let peak = u32(result[at]);
  let mine = joint * ${ownQuads}u;
  var top = -3e38;
  for (var cell = lane; cell < FINE_CELLS; cell += LANES) {
    var logit = own[mine + QUADS].x * evidence(person, joint, peak, cell);
    for (var q = 0u; q < QUADS; q++) { logit += dot(features[(id.x * FINE_CELLS + cell) * QUADS + q], own[mine + q]); }
    fineLogits[cell] = logit;
    top = max(top, logit);
  }
  tops[lane] = top;
  workgroupBarrier();
  for (var i = 0u; i < LANES; i++) { top = max(top, tops[i]); }
  var sum = vec3f();
  for (var cell = lane; cell < FINE_CELLS; cell += LANES) {
    let value = exp(fineLogits[cell] - top);
    fineLogits[cell] = value;
    sum += value * vec3f(1.0, vec2f(vec2u(cell % FINE_SIDE, cell / FINE_SIDE)) + 0.5);
  }
  sums[lane] = sum;
  workgroupBarrier();
  var total = vec3f();
  for (var i = 0u; i < LANES; i++) { total += sums[i]; }
  let map = person * ROW + ${row.fineMaps}u + joint * FINE_CELLS;
  for (var cell = lane; cell < FINE_CELLS; cell += LANES) { result[map + cell] = fineLogits[cell] / total.x; }
  if (lane == 0u) {
    result[at + 4u] = total.y / total.x;
    result[at + 5u] = total.z / total.x;
    result[at + 6u] = 1.0 / total.x;
  }
}`;
  return {
    name: 'decode.fine',
    code,
    bindings: [
      read(features.place.storage),
      read(logits.place.storage),
      { kind: 'constant', name: 'fine.private', make: () => padded(own, 1, channels + 1, 1, 4 * ownQuads) },
      write(result),
    ],
    workgroups: features.images,
    macs: features.images * fine.cells ** 2 * (channels + 1),
  };
}
