import * as tf from '@tensorflow/tfjs-core';
import { Cascade } from '../../src/model/cascade';
import { fetchContract, fetchWeights } from '../../src/model/load';
import { startBackend, stopBackend } from '../../src/model/start';

/** The cascade without a worker, on pixels as they are: [people, size, size, 3] bytes. Also what it leaves behind. */
export async function runOnDevice(
  backend: 'webgpu' | 'wasm',
  shape: [number, number, number, number],
  pixels: readonly number[],
  runs: number,
) {
  const { signal } = new AbortController();
  const folder = new URL('models/cascade/', document.baseURI).href;
  const contract = await fetchContract(signal, folder);
  const bytes = await fetchWeights(signal, folder, contract, () => undefined);
  const started = await startBackend(backend);
  const cascade = await Cascade.create(contract, bytes);
  const count = () => ({
    tensors: tf.memory().numTensors,
    bytes: (tf.memory() as { numBytesInGPU?: number }).numBytesInGPU ?? 0,
  });
  const once = async () => {
    const input = tf.tensor4d(Float32Array.from(pixels), shape);
    try {
      return await cascade.run(signal, input, 'all');
    } finally {
      input.dispose();
    }
  };
  const people = await once();
  const before = count();
  for (let i = 0; i < runs; i += 1) await once();
  const after = count();
  cascade.dispose();
  const left = tf.memory().numTensors;
  stopBackend(started);
  return {
    backend: started.name,
    before,
    after,
    left,
    people: people.map(({ joints, coarseMaps, fineMaps }) => ({
      joints,
      coarseMaps: Array.from(coarseMaps ?? []),
      fineMaps: Array.from(fineMaps ?? []),
    })),
  };
}
