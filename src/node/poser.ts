import { inBatches } from '../model/in-batches';
import { type LocatedPose, locate } from '../model/pose';
import type { PoseModel } from '../model/pose-model';
import type { Verdict } from '../pose/everybody';
import type { Raster } from '../pose/resample';
import type { Roi } from '../pose/space';
import { rasterCropping } from './cropping';

/** Runs a model on crops of images in memory. */
export interface Poser {
  /** The person in each crop, or in its mirror image (with the joints where they are in that), in order; the crops are in pixels of the image. */
  pass(raster: Raster, rois: readonly Roi[], mirrored: boolean): Promise<FoundPose[]>;
}

export interface FoundPose extends LocatedPose {
  readonly roi: Roi;
  readonly verdict: Verdict | undefined;
}

/** The caller keeps the model. device: the one that it runs on, if it runs on a GPU. */
export function createPoser(model: PoseModel, device?: GPUDevice): Poser {
  const { input } = model.info;
  const { signal } = new AbortController();
  const withCrops = rasterCropping(input, device);
  return {
    pass: (raster, rois, mirrored) =>
      inBatches(
        rois,
        (batch) => withCrops(raster, batch, mirrored, (pixels) => model.run(signal, pixels, 'none')),
        ({ joints, verdict }, roi) => ({ roi, verdict, ...locate(joints, roi, input) }),
      ),
  };
}
