/** A page with a peer's graph model on unmodified TensorFlow.js: its own device, its own kernels. */

import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { noise, subjectOf } from './open';

globalThis.openSubject = async (url) => {
  const start = performance.now();
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on WebGPU');
  const model = await tf.loadGraphModel(url);
  const side = model.inputs[0]?.shape?.[1];
  if (!side || side < 1) throw new Error('the peer does not say how large its input is');
  const input = tf.tensor4d(noise(1, side), [1, side, side, 3], 'int32');
  globalThis.subject = await subjectOf(start, async () => {
    const output = [model.execute(input)].flat();
    await Promise.all(output.map((tensor) => tensor.data()));
    tf.dispose(output);
  });
  return globalThis.subject;
};
