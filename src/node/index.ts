/** The library for Node: files, bytes or pixels in, poses out, on WebAssembly. */
import { fileURLToPath } from 'node:url';
import { EngineError } from '../engine/error';
import { ModelError } from '../model/error';
import type { Pose } from '../pose/pose';
import { assertBox, type Box } from '../pose/roi';
import { type NodeImage, rasterOf } from './decode';
import { findPeople, poseBoxes } from './find';
import { openDetector, openModel, startWasm } from './models';
import { createPoser } from './poser';

export { EngineError, type EngineErrorCode } from '../engine/error';
export { type Keypoint, type Pose, poseScore, toCocoKeypoints } from '../pose/pose';
export type { Raster } from '../pose/resample';
export type { Box } from '../pose/roi';
export { EDGES, JOINTS, type JointName, jointIndex } from '../pose/skeleton';
export { SourceError, type SourceErrorCode } from '../source/error';
export type { NodeImage } from './decode';

export interface NodeEstimatorOptions {
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
}

export interface NodePoseEstimator {
  /**
   * The poses of the people in an image. Rejects with a SourceError where there is no image (`code` says why), with a RangeError for a box without a
   * size, or with an Error where the image has to be decoded and sharp is not installed.
   */
  estimate(image: NodeImage, options?: NodeEstimateOptions): Promise<NodeEstimate>;
  /** Frees the networks. */
  dispose(): void;
}

/** A place in the package, where this module lies in node/. */
const own = (path: string) => fileURLToPath(import.meta.url.replace(/[^/]*$/, `../${path}`));

/** Both networks. Rejects with a ModelError; then nothing stays behind. */
async function openNetworks(modelPath: string, detectorPath: string) {
  const model = await openModel(modelPath);
  try {
    return { model, detector: await openDetector(detectorPath) };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Loads the networks. Rejects with an EngineError where they, or WebAssembly, are not to be had; `code` says why. */
export async function createPoseEstimator({
  modelPath = own('models/cascade'),
  detectorPath = own('models/detector'),
}: NodeEstimatorOptions = {}): Promise<NodePoseEstimator> {
  await startWasm(own('assets/'));
  const { model, detector } = await openNetworks(modelPath, detectorPath).catch((error) => {
    throw error instanceof ModelError ? new EngineError({ code: error.code, detail: error.message }, { cause: error }) : error;
  });
  const poser = createPoser(model);
  return {
    async estimate(image, { boxes, flipTest = false } = {}) {
      boxes?.forEach(assertBox);
      const raster = await rasterOf(image);
      const found = await (boxes ? poseBoxes(raster, boxes, poser) : findPeople(raster, detector, poser));
      const people = [];
      for (const { pose, score, found: person } of found)
        people.push({ pose: flipTest ? await poser.flipTest(raster, person) : pose, score });
      return { people, width: raster.width, height: raster.height };
    },
    dispose() {
      detector.dispose();
      model.dispose();
    },
  };
}
