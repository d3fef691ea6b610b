/** The library for Node: files, bytes or pixels in, poses out, on WebGPU or WebAssembly. */
import { fileURLToPath } from 'node:url';
import { createSerialQueue } from '../async/serial-queue';
import { untilAborted } from '../async/until-aborted';
import type { Backend } from '../model/model-info';
import type { Pose } from '../pose/pose';
import { assertBox, type Box } from '../pose/roi';
import { type NodeImage, rasterOf } from './decode';
import { startEngine } from './engine';
import { findPeople, poseBoxes } from './find';

export { EngineError, type EngineErrorCode } from '../engine/error';
export type { Backend } from '../model/model-info';
export { type Keypoint, type Pose, poseScore, toCocoKeypoints } from '../pose/pose';
export type { Raster } from '../pose/resample';
export type { Box } from '../pose/roi';
export { EDGES, JOINTS, type JointName, jointIndex } from '../pose/skeleton';
export { SourceError, type SourceErrorCode } from '../source/error';
export type { NodeImage } from './decode';

export interface NodeEstimatorOptions {
  /**
   * 'webgpu' runs on Dawn, from the package webgpu, even on a software adapter. 'auto' does so if the package is installed and finds a GPU;
   * otherwise it runs on WebAssembly. Default: 'auto'.
   */
  readonly backend?: Backend | 'auto' | undefined;
  /** Folder with contract.json and the weights. Default: the network in the package. */
  readonly modelPath?: string | undefined;
  /** The same for the detector. */
  readonly detectorPath?: string | undefined;
}

export interface NodeEstimateOptions {
  /** One box per person, in pixels of the image. Default: finds everybody. */
  readonly boxes?: readonly Box[] | undefined;
  /** Runs a second pass on each person's mirror image: slower, but more accurate. Default: false. */
  readonly flipTest?: boolean | undefined;
  /** Cancels the estimate; the promise rejects with the signal's reason. The work on an image that has begun goes on until it is done. */
  readonly signal?: AbortSignal | undefined;
}

export interface NodeEstimate {
  /** In the order of the boxes; without boxes, highest scores first. Joints are in pixels of the image, in the order of JOINTS. */
  readonly people: readonly { readonly pose: Pose; readonly score: number }[];
  /** Size of the upright image, pixels. */
  readonly width: number;
  readonly height: number;
  /** The backend that it ran on. */
  readonly backend: Backend;
}

export interface NodePoseEstimator {
  /** The backend that runs. */
  readonly backend: Backend;
  /** Why this backend was chosen, as a clause. */
  readonly why: string;
  /**
   * Finds the poses of the people in an image. Processes one image at a time, in the order of the calls. Rejects with a SourceError if the image
   * cannot be read (`code` says why), with an EngineError if the GPU was lost or its memory is full, with a RangeError for a box without a size or
   * pixels that are not RGB, with a TypeError for what is no image at all, with the signal's reason, or with an Error if the image has to be decoded
   * and sharp does not load.
   */
  estimate(image: NodeImage, options?: NodeEstimateOptions): Promise<NodeEstimate>;
  /** Frees the networks, the GPU and WebAssembly's memory once the image in progress is done; all other pending calls reject with an AbortError. */
  dispose(): void;
}

/** A path in the package, where this module is in node/. */
const own = (path: string) => fileURLToPath(import.meta.url.replace(/[^/]*$/, `../${path}`));

/**
 * Loads the networks. Rejects with an EngineError, whose `code` says why: they are unavailable, WebAssembly does not start, or WebGPU was
 * requested but is unavailable ('no-backend') or does not run the networks ('compile-failed', 'out-of-memory', 'device-lost').
 */
export async function createPoseEstimator({
  backend = 'auto',
  modelPath = own('models/cascade'),
  detectorPath = own('models/detector'),
}: NodeEstimatorOptions = {}): Promise<NodePoseEstimator> {
  const engine = await startEngine(backend, { binaries: own('assets/'), model: modelPath, detector: detectorPath });
  const { name, why, detector, poser, device } = engine;
  const queue = createSerialQueue();
  let disposed = false;
  return {
    backend: name,
    why,
    async estimate(image, { boxes, flipTest = false, signal = new AbortController().signal } = {}) {
      boxes?.forEach(assertBox);
      const estimate = queue.run(async () => {
        signal.throwIfAborted();
        if (disposed) throw new DOMException('disposed', 'AbortError');
        const raster = await rasterOf(image); // one at a time: a thousand decoded photos do not fit into memory
        const found = await engine.checked(() =>
          boxes ? poseBoxes(raster, boxes, poser, flipTest) : findPeople(raster, detector, poser, flipTest, device),
        );
        const people = found.map(({ pose, score }) => ({ pose, score }));
        return { people, width: raster.width, height: raster.height, backend: name };
      });
      return untilAborted(signal, estimate);
    },
    dispose() {
      if (!disposed) void queue.run(async () => engine.dispose());
      disposed = true;
    },
  };
}
