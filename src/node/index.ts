/** The library for Node: files, bytes or pixels in, poses out, on WebAssembly. */
import { fileURLToPath } from 'node:url';
import type { Pose } from '../pose/pose';
import { assertBox, type Box } from '../pose/roi';
import { type NodeImage, rasterOf } from './decode';
import { findPeople, poseBoxes } from './find';
import { openDetector, openModel, startWasm } from './models';
import { createPoser } from './poser';

export { type Keypoint, type Pose, poseScore, toCocoKeypoints } from '../pose/pose';
export type { Raster } from '../pose/resample';
export type { Box } from '../pose/roi';
export { EDGES, JOINTS, type JointName, jointIndex } from '../pose/skeleton';
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
  /** The poses of the people in an image. Rejects with an Error where there is no image, or with a RangeError for a box without a size. */
  estimate(image: NodeImage, options?: NodeEstimateOptions): Promise<NodeEstimate>;
  /** Frees the networks. */
  dispose(): void;
}

/** A place in the package, where this module lies in node/. */
const own = (path: string) => fileURLToPath(import.meta.url.replace(/[^/]*$/, `../${path}`));

/** Loads the networks. Rejects with an Error where they, or WebAssembly, are not to be had. */
export async function createPoseEstimator({
  modelPath = own('models/cascade'),
  detectorPath = own('models/detector'),
}: NodeEstimatorOptions = {}): Promise<NodePoseEstimator> {
  await startWasm(own('assets/'));
  const model = await openModel(modelPath);
  const detector = await openDetector(detectorPath);
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
