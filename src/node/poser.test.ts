import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { startWasm } from '../../cli/node';
import type { PoseModel } from '../model/pose-model';
import { JOINTS } from '../pose/skeleton';
import { cropPoint } from '../pose/space';
import { createPoser } from './poser';

const INPUT = 8;
const raster = { width: 40, height: 40, data: new Uint8Array(40 * 40 * 3) };

it('returns nobody for no crops, and runs a crowd in batches', async () => {
  await startWasm();
  const batches: number[] = [];
  const at = cropPoint(4, 4);
  const model = {
    info: { input: INPUT },
    run: async (_, pixels) => {
      const [people] = (pixels as tf.Tensor4D).shape;
      batches.push(people);
      return Array.from({ length: people }, () => ({
        joints: JOINTS.map(() => ({ coarse: at, fine: at, presence: 1, score: 1 })),
      }));
    },
  } as Pick<PoseModel, 'run'> as PoseModel;
  const { pass } = createPoser(model);
  const before = tf.memory().numTensors;
  expect(await pass(raster, [], false)).toEqual([]);
  const rois = Array.from({ length: 20 }, (_, i) => ({ cx: i, cy: 20, side: 16 }));
  expect((await pass(raster, rois, false)).map(({ roi, pose }) => [roi, pose[0]?.x])).toEqual(rois.map((roi) => [roi, roi.cx]));
  expect(batches).toEqual([16, 4]);
  expect(tf.memory().numTensors).toBe(before);
});
