import { readPoseModel } from '../../model/architectures';
import { checkContract, type DetectorContract } from '../../model/detector/contract';
import { Detector } from '../../model/detector/detector';
import { fetchContract, fetchWeights, type OnProgress } from '../../model/load';
import type { PoseModel, PoseModelSpec } from '../../model/pose-model';
import type { WebGpu } from '../../model/start';
import type { WeightsFile } from '../../model/weights';
import type { InitParams, NetworkUrls } from '../protocol';

/** The networks that run, on the current backend; their owner disposes of them. */
export interface Networks {
  /** The pose of the person in a crop. */
  readonly model: PoseModel;
  /** Everybody's box in an image. */
  readonly detector: Detector;
}

/** What the contracts say. */
export interface NetworkSpecs {
  readonly model: PoseModelSpec;
  readonly detector: DetectorContract;
}

/** Contracts, and the bytes of the weights: everything that is downloaded. */
export interface NetworkFiles extends NetworkSpecs {
  readonly modelBytes: ArrayBuffer;
  readonly detectorBytes: ArrayBuffer;
}

type Urls = Pick<InitParams, 'model' | 'detector'>;

/** The weights' address: beside the contract with the contract's query, unless they have their own. */
function weightsOf({ contract, weights }: NetworkUrls, { file }: WeightsFile): string {
  if (weights) return weights;
  const url = new URL(file, contract);
  url.search = new URL(contract).search;
  return url.href;
}

/** Rejects with a ModelError, or with the signal's reason. */
export async function fetchSpecs(signal: AbortSignal, { model, detector }: Urls): Promise<NetworkSpecs> {
  const [modelJson, detectorJson] = await Promise.all([
    fetchContract(signal, model.contract),
    fetchContract(signal, detector.contract),
  ]);
  return { model: readPoseModel(modelJson), detector: checkContract(detectorJson) };
}

/** onProgress: bytes of both. Rejects with a ModelError, or with the signal's reason. */
export async function fetchNetworks(
  signal: AbortSignal,
  { model: modelUrls, detector: detectorUrls }: Urls,
  { model, detector }: NetworkSpecs,
  onProgress: OnProgress,
): Promise<NetworkFiles> {
  const total = model.weights.bytes + detector.weights.bytes;
  const loaded = { model: 0, detector: 0 };
  const count = (which: keyof typeof loaded) => (bytes: number) => {
    loaded[which] = bytes;
    onProgress(loaded.model + loaded.detector, total);
  };
  const [modelBytes, detectorBytes] = await Promise.all([
    fetchWeights(signal, weightsOf(modelUrls, model.weights), model.weights, count('model')),
    fetchWeights(signal, weightsOf(detectorUrls, detector.weights), detector.weights, count('detector')),
  ]);
  return { model, modelBytes, detector, detectorBytes };
}

/** Compiles the shaders of both, which needs no weights. Rejects if one does not compile. */
export async function compileNetworks({ model, detector }: NetworkSpecs, gpu: WebGpu): Promise<void> {
  await Promise.all([model.compile(gpu), Detector.compile(detector, gpu)]);
}

/** gpu: where they run, if given; otherwise on TensorFlow.js's current backend. Rejects with a ModelError, leaving nothing allocated. */
export async function createNetworks(
  { model, modelBytes, detector, detectorBytes }: NetworkFiles,
  gpu?: WebGpu,
): Promise<Networks> {
  const poses = await model.create(modelBytes, gpu);
  try {
    return { model: poses, detector: await Detector.create(detector, detectorBytes, gpu) };
  } catch (error) {
    poses.dispose();
    throw error;
  }
}

export function disposeNetworks({ model, detector }: Networks): void {
  model.dispose();
  detector.dispose();
}
