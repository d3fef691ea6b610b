import * as tf from '@tensorflow/tfjs-core';
import { type Sight, sightOf } from '../src/model/pose';
import { keypoint, type Pose } from '../src/pose/pose';
import { cutSquare, type Raster } from '../src/pose/resample';
import type { Roi } from '../src/pose/space';
import { openCascade, startWasm } from './node';

/** Looks at squares of pictures. Owns a cascade until dispose(). */
export interface Looker {
  /** In the order of the squares, which are in pixels of the picture. */
  look(raster: Raster, rois: readonly Roi[]): Promise<Sight[]>;
  /** What stands for a person who was not found. */
  readonly nobody: Pose;
  dispose(): void;
}

/** The cascade of a model's folder on WASM. */
export async function openLooker(folder: string): Promise<Looker> {
  await startWasm();
  const cascade = await openCascade(folder);
  const { input, joints } = cascade.contract;
  const { signal } = new AbortController();
  return {
    async look(raster, rois) {
      const { size } = input;
      const cuts = tf.tidy(() => {
        const squares = rois.map((roi) => tf.tensor3d(cutSquare(raster, roi, size), [size, size, 3], 'int32'));
        return tf.stack(squares) as tf.Tensor4D;
      });
      try {
        const people = await cascade.run(signal, cuts, 'none');
        return rois.map((roi, i) => sightOf(people[i]?.joints ?? [], roi, size));
      } finally {
        cuts.dispose();
      }
    },
    nobody: joints.map(() => keypoint(0, 0, 0)),
    dispose: () => cascade.dispose(),
  };
}
