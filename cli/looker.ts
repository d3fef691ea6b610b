import * as tf from '@tensorflow/tfjs-core';
import { type Sight, sightOf } from '../src/model/pose';
import { agreed, unmirrored } from '../src/pose/flip';
import { keypoint, type Pose } from '../src/pose/pose';
import { cutSquare, mirrorSquare, type Raster } from '../src/pose/resample';
import type { Roi } from '../src/pose/space';
import { openCascade, startWasm } from './node';

/** Looks at squares of pictures. Owns a cascade until dispose(). */
export interface Looker {
  /** In the order of the squares, which are in pixels of the picture. */
  look(raster: Raster, rois: readonly Roi[]): Promise<Looked[]>;
  /** What was seen, and the mirror image of its square taken into account (pose/flip.ts). */
  flipTest(raster: Raster, seen: Looked): Promise<Pose>;
  /** What stands for a person who was not found. */
  readonly nobody: Pose;
  dispose(): void;
}

export interface Looked extends Sight {
  readonly roi: Roi;
}

/** The cascade of a model's folder on WASM. */
export async function openLooker(folder: string): Promise<Looker> {
  await startWasm();
  const cascade = await openCascade(folder);
  const { input, joints } = cascade.contract;
  const { signal } = new AbortController();
  const { size } = input;
  const run = async (rois: readonly Roi[], cut: (roi: Roi) => Uint8Array): Promise<Looked[]> => {
    const cuts = tf.tidy(() => tf.stack(rois.map((roi) => tf.tensor3d(cut(roi), [size, size, 3], 'int32'))) as tf.Tensor4D);
    try {
      const people = await cascade.run(signal, cuts, 'none');
      return rois.map((roi, i) => ({ roi, ...sightOf(people[i]?.joints ?? [], roi, size) }));
    } finally {
      cuts.dispose();
    }
  };
  return {
    look: (raster, rois) => run(rois, (roi) => cutSquare(raster, roi, size)),
    async flipTest(raster, { pose, roi }) {
      const [other] = await run([roi], () => mirrorSquare(cutSquare(raster, roi, size), size));
      return other ? agreed(pose, unmirrored(other.pose, roi), roi) : pose;
    },
    nobody: joints.map(() => keypoint(0, 0, 0)),
    dispose: () => cascade.dispose(),
  };
}
