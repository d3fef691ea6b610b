/** Graph models in TensorFlow.js's format. */
import { readFile } from 'node:fs/promises';
import { type GraphModel, type io, loadGraphModel } from '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';

/** FILE.json with its weights in FILE.bin, on the current backend. */
export async function openGraph(file: string): Promise<{ graph: GraphModel; parameters: number; bytes: number }> {
  const json: io.ModelJSON = JSON.parse(await readFile(file, 'utf8'));
  const weights = new Uint8Array(await readFile(file.replace(/\.json$/, '.bin'))).buffer;
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  const graph = await loadGraphModel(tf.io.fromMemory({ ...json, weightSpecs, weightData: weights } as io.ModelArtifacts));
  const parameters = weightSpecs.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
  return { graph, parameters, bytes: weights.byteLength };
}

/** The height, and thus the width, of the model's input images. Throws an Error if the model leaves it open. */
export function inputSide(graph: GraphModel): number {
  const side = graph.inputs[0]?.shape?.[1];
  if (!side || side < 1) throw new Error('the peer does not say how large its input is');
  return side;
}
