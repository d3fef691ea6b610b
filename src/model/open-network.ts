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
  /** Makes one layer of several where that is the same, before anything else. */
  fold(weights: Weights): void;
  recording(weights: Weights): RecordingFor;
  readonly graph: Graph;
}

/** A network, and the multiply-accumulates that its layers take for one image. */
export interface OpenNetwork {
  readonly network: Network;
  readonly macs: ReadonlyMap<string, number>;
}

/**
 * On the GPU, if one is given; else on TensorFlow.js's current backend. Rejects with a ModelError if the bytes are not those that were
 * described, or not ones that the network has layers for.
 */
export async function openNetwork(definition: Definition, bytes: ArrayBuffer, gpu: WebGpu | undefined): Promise<OpenNetwork> {
  const { size } = definition;
  const weights = await openWeights(definition.weights, bytes);
  definition.fold(weights);
  const recordingFor = definition.recording(weights);
  const { steps } = recordingFor(1, GPU); // takes every layer
  weights.finish();
  return {
    network: gpu ? new WebGpuNetwork(gpu, size, recordingFor) : new TfjsNetwork(size, weights.entries(), definition.graph),
    macs: new Map(steps.map(({ name, macs }) => [name, macs])),
  };
}

/** Compiles the shaders that batches of these sizes need, before the weights are there: only their shapes are asked for. Rejects as Network.compile() does. */
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
