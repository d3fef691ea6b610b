/** Runs the networks on WebGPU without a worker, and counts what they ask of the device. */
import * as tf from '@tensorflow/tfjs-core';
import { takeCounts } from '../../bench/count';
import { readPoseModel } from '../../src/model/architectures';
import { type Contract, checkContract } from '../../src/model/cascade/contract';
import { foldFeedback } from '../../src/model/cascade/fold';
import { cascadeRecording } from '../../src/model/cascade/recording';
import { COLUMNS, rowOf } from '../../src/model/cascade/row';
import { checkContract as checkDetector } from '../../src/model/detector/contract';
import { Detector } from '../../src/model/detector/detector';
import { fetchContract, fetchWeights } from '../../src/model/load';
import type { Sheet } from '../../src/model/network';
import { startBackend, stopBackend } from '../../src/model/start';
import type { WebGpu } from '../../src/model/webgpu/gpu';
import { WebGpuNetwork } from '../../src/model/webgpu/network';
import { pyramid } from '../../src/model/webgpu/pyramid';
import { type Step, write } from '../../src/model/webgpu/step';
import { type Storage, tensor } from '../../src/model/webgpu/tensor';
import { openWeights } from '../../src/model/weights';
import type { Roi } from '../../src/pose/space';

export type Shape = readonly [number, number, number, number];

export interface Images {
  /** Bytes [images, size, size, 3]. */
  readonly shape: Shape;
  readonly pixels: readonly number[];
}

export interface DeviceRun extends Images {
  readonly frames: number;
  /** Column and row of the coarse cell around which each joint of the first person is cropped. */
  readonly forcedCells: readonly number[];
}

const { signal } = new AbortController();
const at = (path: string) => new URL(`models/${path}`, document.baseURI).href;

async function startDevice() {
  const backend = await startBackend('webgpu');
  if (!backend.gpu) throw new Error(backend.why);
  return { backend, gpu: backend.gpu };
}

async function openCascade() {
  const json = await fetchContract(signal, at('cascade/contract.json'));
  const spec = readPoseModel(json);
  const bytes = await fetchWeights(signal, at(`cascade/${spec.weights.file}`), spec.weights, () => undefined);
  const { backend, gpu } = await startDevice();
  takeCounts();
  return { backend, gpu, contract: checkContract(json), bytes, model: await spec.create(bytes, gpu) };
}

/** What `frames` frames ask of the device once both batch sizes are recorded: most have one image, every fifth has two, every tenth is cancelled. */
export async function soakOnDevice({ shape, pixels, frames }: Images & { frames: number }) {
  const { backend, model } = await openCascade();
  const [one, two] = [sheetOf([1, ...rest(shape)], pixels), sheetOf(shape, pixels)];
  for (const sheet of [one, two, one]) await model.run(signal, sheet, 'all'); // one again, with the texture made for two
  takeCounts();
  for (let i = 1; i <= frames; i += 1) {
    const aborter = new AbortController();
    const running = model.run(aborter.signal, i % 5 === 0 ? two : one, i % 2 === 0 ? 'none' : 'all').catch(String);
    await new Promise((resolve) => setTimeout(resolve)); // until it is submitted
    if (i % 10 === 0) aborter.abort('given up');
    await running;
  }
  const counts = takeCounts();
  model.dispose();
  stopBackend(backend);
  return counts;
}

/** Runs the cascade: once with its maps, `frames` times without, once cancelled, once more, and after its disposal with forced crops. */
export async function runOnDevice({ shape, pixels, frames, forcedCells }: DeviceRun) {
  const { backend, gpu, contract, bytes, model } = await openCascade();
  const sheet = sheetOf(shape, pixels);
  const people = await model.run(signal, sheet, 'all');
  await model.run(signal, sheet, 'none');
  const made = takeCounts();
  for (let i = 0; i < frames; i += 1) await model.run(signal, sheet, 'none');
  const counts = takeCounts();
  const aborter = new AbortController();
  const aborted = model.run(aborter.signal, sheet, 'none').catch(String);
  aborter.abort('given up');
  await aborted;
  const [again] = await model.run(signal, sheet, 'none');
  model.dispose();
  const buffers = { made: made.buffers, destroyed: takeCounts().destroyedBuffers };
  const tensors = tf.memory().numTensors;
  const forced = await forcedMaps(contract, bytes, gpu, sheetOf([1, ...rest(shape)], pixels), forcedCells);
  stopBackend(backend);
  const plain = (maps?: Float32Array) => Array.from(maps ?? []);
  return {
    people: people.map(({ joints, verdict, colours, coarseMaps, fineMaps }) => ({
      joints,
      verdict: verdict ?? { somebody: 0, quality: 0 },
      colours: plain(colours?.values),
      coarseMaps: plain(coarseMaps),
      fineMaps: plain(fineMaps),
    })),
    counts,
    buffers,
    tensors,
    aborted: await aborted,
    again: again?.joints ?? [],
    forced,
  };
}

const rest = ([, ...others]: Shape): [number, number, number] => others;

/** Fine maps [joints, cells] of one person, in crops that are not at the peaks. */
async function forcedMaps(
  contract: Contract,
  bytes: ArrayBuffer,
  gpu: WebGpu,
  sheet: Sheet,
  cells: readonly number[],
): Promise<number[]> {
  const weights = await openWeights(contract.weights, bytes);
  foldFeedback(weights);
  const recordingFor = cascadeRecording(contract, weights);
  const network = new WebGpuNetwork(gpu, contract.input.size, (people, tiling) => {
    const { steps, result } = recordingFor(people, tiling);
    const decoded = steps.findIndex(({ name }) => name === 'decode.coarse');
    return { steps: steps.toSpliced(decoded + 1, 0, forcedPeaks(contract, result, cells)), result };
  });
  const [row = new Float32Array()] = await network.run(signal, sheet);
  network.dispose();
  return Array.from(row.subarray(rowOf(contract).fineMaps));
}

/** A step that overwrites the first person's peaks. */
function forcedPeaks({ coarse }: Contract, result: Storage, cells: readonly number[]): Step {
  const peaks = Array.from({ length: cells.length / 2 }, (_, i) => (cells[2 * i] ?? 0) + (cells[2 * i + 1] ?? 0) * coarse.cells);
  const code = `
@group(0) @binding(0) var<storage, read_write> result: array<f32>;
@compute @workgroup_size(1)
fn main() {
  ${peaks.map((peak, joint) => `result[${joint * COLUMNS}] = ${peak}.0;`).join('\n')}
}`;
  return { name: 'forced peaks', code, bindings: [write(result)], workgroups: 1, macs: 0 };
}

/** Crops of an image as the first step of a network cuts them: numbers 0..255 [rois, size, size, 3]. */
export async function cropOnDevice(
  image: ImageBitmap,
  rois: readonly Roi[],
  size: number,
  mirrored: boolean,
): Promise<number[][]> {
  const { backend, gpu } = await startDevice();
  const network = new WebGpuNetwork(gpu, size, (images) => {
    const output = tensor('crops', images, size, 3);
    return { steps: [pyramid([output], { mean: 0, std: 1 })], result: output.place.storage };
  });
  const crops = await network.run(signal, { image, rois, mirrored });
  network.dispose();
  stopBackend(backend);
  return crops.map((crop) => Array.from(crop.filter((_, i) => i % 4 !== 3).map((value) => 255 * value)));
}

/** Runs the detector: people [image, left, top, right, bottom, score] of at least minScore, and what `frames` frames of one image ask of the device. */
export async function detectOnDevice({ shape, pixels, frames, minScore }: Images & { frames: number; minScore: number }) {
  const contract = checkDetector(await fetchContract(signal, at('detector/contract.json')));
  const bytes = await fetchWeights(signal, at(`detector/${contract.weights.file}`), contract.weights, () => undefined);
  const { backend, gpu } = await startDevice();
  takeCounts();
  const detector = await Detector.create(contract, bytes, gpu);
  const found = await detector.run(signal, sheetOf(shape, pixels), minScore);
  const one = sheetOf([1, ...rest(shape)], pixels);
  await detector.run(signal, one, minScore);
  const made = takeCounts();
  for (let i = 0; i < frames; i += 1) await detector.run(signal, one, minScore);
  const counts = takeCounts();
  detector.dispose();
  const buffers = { made: made.buffers, destroyed: takeCounts().destroyedBuffers };
  stopBackend(backend);
  const people = found.flatMap((image, i) =>
    image.map(({ box: { x, y, width, height }, score }) => [i, x, y, x + width, y + height, score]),
  );
  return { people, counts, buffers };
}

function sheetOf([images, side]: Shape, rgb: readonly number[]): Sheet {
  const sheet: Sheet = new OffscreenCanvas(side, side * images);
  const rgba = Uint8ClampedArray.from({ length: side * side * images * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  );
  sheet.getContext('2d')?.putImageData(new ImageData(rgba, side), 0, 0);
  return sheet;
}
