import * as tf from '@tensorflow/tfjs-core';
import { type LocatedPose, locate } from '../model/pose';
import type { PoseModel } from '../model/pose-model';
import { agreed, unmirrored } from '../pose/flip';
import type { Pose } from '../pose/pose';
import { cutSquare, mirrorSquare, type Raster } from '../pose/resample';
import type { Roi } from '../pose/space';

/** Crops that go to the network at once: what it keeps for more would take hundreds of megabytes. */
const BATCH = 16;

/** A model on crops of images in memory. */
export interface Poser {
  /** The person in each crop, in order; the crops are in pixels of the image. */
  pass(raster: Raster, rois: readonly Roi[]): Promise<FoundPose[]>;
  /** The pose, with a second pass on the mirror image of its crop taken into account (pose/flip.ts). */
  flipTest(raster: Raster, found: FoundPose): Promise<Pose>;
}

export interface FoundPose extends LocatedPose {
  readonly roi: Roi;
}

/** The model stays the caller's. */
export function createPoser(model: PoseModel): Poser {
  const { input } = model.info;
  const { signal } = new AbortController();
  const runBatch = async (rois: readonly Roi[], cut: (roi: Roi) => Uint8Array): Promise<FoundPose[]> => {
    const cuts = tf.tidy(() => tf.stack(rois.map((roi) => tf.tensor3d(cut(roi), [input, input, 3], 'int32'))) as tf.Tensor4D);
    try {
      const people = await model.run(signal, cuts, 'none');
      return rois.map((roi, i) => ({ roi, ...locate(people[i]?.joints ?? [], roi, input) }));
    } finally {
      cuts.dispose();
    }
  };
  const run = async (rois: readonly Roi[], cut: (roi: Roi) => Uint8Array): Promise<FoundPose[]> => {
    const found: FoundPose[] = [];
    for (let i = 0; i < rois.length; i += BATCH) found.push(...(await runBatch(rois.slice(i, i + BATCH), cut)));
    return found;
  };
  return {
    pass: (raster, rois) => run(rois, (roi) => cutSquare(raster, roi, input)),
    async flipTest(raster, { pose, roi }) {
      const [other] = await run([roi], () => mirrorSquare(cutSquare(raster, roi, input), input));
      return other ? agreed(pose, unmirrored(other.pose, roi), roi) : pose;
    },
  };
}
