import * as tf from '@tensorflow/tfjs-core';
import type { Contract } from '../cascade/contract';
import { infoOf } from '../cascade/info';
import { unpack } from '../cascade/unpack';
import type { MapDetail, ModelInfo } from '../model-info';
import type { PersonReading, Pixels, PoseModel } from '../pose-model';
import { checkWeights, Weights } from '../weights';
import { type CascadeSteps, cascadeSteps } from './cascade-steps';
import { rowOf } from './decode';
import { layersOf } from './layers-of';
import { Program, Shared } from './program';
import { GPU, SOFTWARE } from './tile';

/** Batch sizes that are compiled for before they are asked for: that of most frames, and of a first pass on an oblong image. */
const USUAL_BATCHES = [1, 4];
/** Batch sizes that stay recorded. */
const MOST_PROGRAMS = 4;

/**
 * The cascade recorded once a batch size and replayed frame by frame, on a device. TensorFlow.js only unpacks the weights. Owns what it
 * makes on the device until dispose().
 */
export class RecordedCascade implements PoseModel {
  readonly info: ModelInfo;
  private readonly contract: Contract;
  private readonly shared: Shared;
  private readonly stepsFor: (people: number) => CascadeSteps;
  private readonly programs = new Map<number, Program>();

  /** Throws a ModelError if the weights are not those of the contract, or not ones that this code has layers for. */
  static async create(contract: Contract, bytes: ArrayBuffer, device: GPUDevice): Promise<RecordedCascade> {
    await checkWeights(contract.weights, bytes);
    const weights = new Weights(contract.weights, bytes);
    try {
      return new RecordedCascade(contract, weights, device);
    } finally {
      weights.dispose();
    }
  }

  private constructor(contract: Contract, weights: Weights, device: GPUDevice) {
    this.contract = contract;
    this.shared = new Shared(device);
    const layers = layersOf(weights);
    const own = weights.take('fine.private', tf.Rank.R2).dataSync<'float32'>();
    const tiling = isSoftware(device) ? SOFTWARE : GPU;
    this.stepsFor = (people) => cascadeSteps(contract, layers, own, people, tiling);
    const { steps } = this.stepsFor(1); // takes every layer
    weights.finish();
    this.info = infoOf(contract, steps.reduce((sum, { macs }) => sum + macs, 0) / 1e9);
  }

  compile(onProgress: (done: number, total: number) => void): Promise<void> {
    return this.shared.compile(
      USUAL_BATCHES.flatMap((people) => this.stepsFor(people).steps),
      onProgress,
    );
  }

  async run(signal: AbortSignal, pixels: Pixels, maps: MapDetail): Promise<PersonReading[]> {
    signal.throwIfAborted();
    const { size } = this.contract.input;
    const sheet = pixels instanceof tf.Tensor ? await rgbaOf(pixels) : pixels;
    const people = pixels instanceof tf.Tensor ? pixels.shape[0] : pixels.height / size;
    const program = await this.programFor(people);
    signal.throwIfAborted();
    this.upload(sheet, program.texture);
    const { coarseMaps, fineMaps, length } = rowOf(this.contract);
    const kept = { none: coarseMaps, coarse: fineMaps, all: length }[maps];
    const spans = Array.from({ length: people }, (_, i) => ({ offset: 4 * i * length, length: 4 * kept }));
    const numbers = await program.run(spans);
    signal.throwIfAborted();
    return spans.map((_, i) => unpack(numbers.subarray(i * kept, (i + 1) * kept), this.contract));
  }

  /** Milliseconds of each step of a batch: see Program.profile. */
  async profile(people: number): Promise<{ readonly name: string; readonly ms: number }[]> {
    return (await this.programFor(people)).profile();
  }

  dispose(): void {
    for (const program of this.programs.values()) program.dispose();
    this.shared.dispose();
  }

  /** Recorded now, or one of the last few. */
  private async programFor(people: number): Promise<Program> {
    const program = this.programs.get(people) ?? (await this.record(people));
    this.programs.delete(people); // the last one used is the last in order
    this.programs.set(people, program);
    for (const [oldest, other] of this.programs) {
      if (this.programs.size <= MOST_PROGRAMS) break;
      other.dispose();
      this.programs.delete(oldest);
    }
    return program;
  }

  private async record(people: number): Promise<Program> {
    const { steps, result } = this.stepsFor(people);
    await this.shared.compile(steps);
    const { size } = this.contract.input;
    return new Program(this.shared, steps, result, [size, size * people]);
  }

  private upload(sheet: OffscreenCanvas | Uint8Array<ArrayBuffer>, texture: GPUTexture): void {
    const { queue } = this.shared.device;
    const size = [texture.width, texture.height];
    if (sheet instanceof Uint8Array) queue.writeTexture({ texture }, sheet, { bytesPerRow: 4 * texture.width }, size);
    else queue.copyExternalImageToTexture({ source: sheet }, { texture }, size);
  }
}

/** Whether the adapter is a program on the processor. */
function isSoftware(device: GPUDevice): boolean {
  // Newer than the types that TensorFlow.js holds us to.
  const { adapterInfo } = device as { readonly adapterInfo?: { readonly isFallbackAdapter?: boolean } };
  return adapterInfo?.isFallbackAdapter ?? false;
}

/** [people, size, size, 3] -> RGBA. */
async function rgbaOf(pixels: tf.Tensor4D): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await pixels.data();
  return Uint8Array.from({ length: (bytes.length / 3) * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (bytes[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  );
}
