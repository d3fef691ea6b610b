/** The library for Node: files, bytes or pixels in, poses out, on WebGPU or WebAssembly. */
import { fileURLToPath } from 'node:url';
import { createSerialQueue } from '../async/serial-queue';
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
   * 'webgpu' runs on Dawn, by the package webgpu, on a software adapter, too. 'auto' does so where it is installed and finds a GPU; elsewhere
   * WebAssembly runs. Default: 'auto'.
   */
  readonly backend?: Backend | 'auto' | undefined;
  /** Folder with contract.json and the weights. Default: the network in the package. */
  readonly modelPath?: string;
  /** The same of the detector. */
  readonly detectorPath?: string;
}

export interface NodeEstimateOptions {
  /** One person each, pixels of the image. Default: everybody who is found. */
  readonly boxes?: readonly Box[] | undefined;
  /** A second pass on each person's mirror image: slower, and more accurate. Default: false. */
  readonly flipTest?: boolean | undefined;
}

export interface NodeEstimate {
  /** In the order of the boxes; without boxes the surest first. Joints are in pixels of the image, in the order of JOINTS. */
  readonly people: readonly { readonly pose: Pose; readonly score: number }[];
  /** Of the upright image, pixels. */
  readonly width: number;
  readonly height: number;
  /** What it ran on. */
  readonly backend: Backend;
}

export interface NodePoseEstimator {
  /** What runs. */
  readonly backend: Backend;
  /** Why that and not the other, as a clause. */
  readonly why: string;
  /**
   * The poses of the people in an image; images are processed one after the other. Rejects with a SourceError where there is no image (`code` says
   * why), with an EngineError where the GPU was lost or its memory is full, with a RangeError for a box without a size or pixels that are not RGB, or
   * with an Error where the image has to be decoded and sharp is not installed.
   */
  estimate(image: NodeImage, options?: NodeEstimateOptions): Promise<NodeEstimate>;
  /** Frees the networks and the GPU when the image under way is done; whatever else was asked for rejects with an AbortError. */
  dispose(): void;
}

/** A place in the package, where this module lies in node/. */
const own = (path: string) => fileURLToPath(import.meta.url.replace(/[^/]*$/, `../${path}`));

/**
 * Loads the networks. Rejects with an EngineError, whose `code` says why: they are not to be had, WebAssembly does not start, or WebGPU was asked
 * for and is not there ('no-backend') or does not run the networks ('compile-failed').
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
    async estimate(image, { boxes, flipTest = false } = {}) {
      boxes?.forEach(assertBox);
      return queue.run(async () => {
        if (disposed) throw new DOMException('disposed', 'AbortError');
        const raster = await rasterOf(image); // one at a time: a thousand decoded photos do not fit into memory
        const found = await engine.checked(() =>
          boxes ? poseBoxes(raster, boxes, poser, flipTest) : findPeople(raster, detector, poser, flipTest, device),
        );
        const people = found.map(({ pose, score }) => ({ pose, score }));
        return { people, width: raster.width, height: raster.height, backend: name };
      });
    },
    dispose() {
      if (!disposed) void queue.run(async () => engine.dispose());
      disposed = true;
    },
  };
}
