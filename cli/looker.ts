import * as tf from '@tensorflow/tfjs-core';
import { type Sight, sightOf } from '../src/model/pose';
import { keypoint, type Pose } from '../src/pose/pose';
import { cutSquare, type Raster } from '../src/pose/resample';
import type { Roi } from '../src/pose/space';
import { openCascade, startWasm } from './node';

/** Looks at squares of pictures, one at a time. Owns a cascade until dispose(). */
export interface Looker {
  look(raster: Raster, roi: Roi): Promise<Sight>;
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
    async look(raster, roi) {
      const pixels = tf.tensor4d(cutSquare(raster, roi, input.size), [1, input.size, input.size, 3], 'int32');
      try {
        const [person] = await cascade.run(signal, pixels, 'none');
        return sightOf(person?.joints ?? [], roi, input.size);
      } finally {
        pixels.dispose();
      }
    },
    nobody: joints.map(() => keypoint(0, 0, 0)),
    dispose: () => cascade.dispose(),
  };
}
