import type { Network } from './network';
import { type Graph, TfjsNetwork } from './tfjs/network';
import { tilingOf, type WebGpu } from './webgpu/gpu';
import { WebGpuNetwork } from './webgpu/network';
import type { RecordingFor } from './webgpu/recorder';
import { GPU } from './webgpu/tile';
import { blankWeights, openWeights, type Weights, type WeightsFile } from './weights';

/** A network for both backends. */
export interface Definition {
  readonly weights: WeightsFile;
  /** Side of the square input, pixels. */
  readonly size: number;
  /** Merges several layers into one where that is equivalent, before anything else. */
  fold(weights: Weights): void;
  recording(weights: Weights): RecordingFor;
  readonly graph: Graph;
}

/** A network, and the multiply-accumulates of its layers for one image. */
export interface OpenNetwork {
  readonly network: Network;
  readonly macs: ReadonlyMap<string, number>;
}

/**
 * Opens a network on the GPU, if one is given; else on TensorFlow.js's current backend. Rejects with a ModelError if the bytes do not match
 * their description or the network's layers.
 */
export async function openNetwork(definition: Definition, bytes: ArrayBuffer, gpu: WebGpu | undefined): Promise<OpenNetwork> {
  const { size } = definition;
  const weights = await openWeights(definition.weights, bytes);
  definition.fold(weights);
  const recordingFor = definition.recording(weights);
  const { steps } = recordingFor(1, GPU); // takes the weights of every layer
  weights.finish();
  return {
    network: gpu ? new WebGpuNetwork(gpu, size, recordingFor) : new TfjsNetwork(size, weights.entries(), definition.graph),
    macs: new Map(steps.map(({ name, macs }) => [name, macs])),
  };
}

/** Compiles the shaders for these batch sizes before the weights have loaded: only their shapes are needed. Rejects as Network.compile() does. */
export async function compileFor(
  { weights, fold, recording }: Definition,
  gpu: WebGpu,
  batches: readonly number[],
): Promise<void> {
  const blank = blankWeights(weights);
  fold(blank);
  const recordingFor = recording(blank);
  await gpu.pipelines.compile(batches.flatMap((images) => recordingFor(images, tilingOf(gpu)).steps));
}
