import * as tf from '@tensorflow/tfjs-core';
import { Cascade } from '../../src/model/cascade/cascade';
import { checkContract } from '../../src/model/cascade/contract';
import { fetchContract, fetchWeights } from '../../src/model/load';
import { startBackend, stopBackend } from '../../src/model/start';
import { forcedLogits } from '../../tools/forced';

export type Shape = readonly [number, number, number, number];

const memory = () => ({ tensors: tf.memory().numTensors, bytes: (tf.memory() as { numBytesInGPU?: number }).numBytesInGPU ?? 0 });

export interface DeviceRun {
  readonly wanted: 'webgpu' | 'wasm';
  readonly shape: Shape;
  readonly pixels: readonly number[];
  /** Column and row for each joint of the first person. */
  readonly forcedCells: readonly number[];
  readonly runs: number;
}

/**
 * The cascade without a worker: on all people of a batch [people, size, size, 3] of bytes at once, then what `runs` more runs on the
 * first of them leave behind, its fine logits in forced crops, and a run that throws half-way, and one that is aborted.
 */
export async function runOnDevice({ wanted, shape, pixels, forcedCells, runs }: DeviceRun) {
  const { signal } = new AbortController();
  const folder = new URL('models/cascade/', document.baseURI).href;
  const contract = checkContract(await fetchContract(signal, folder));
  const bytes = await fetchWeights(signal, folder, contract.weights, () => undefined);
  const backend = await startBackend(wanted);
  const cascade = await Cascade.create(contract, bytes);
  const withPixels = async <T>(people: number, use: (input: tf.Tensor4D) => Promise<T>) => {
    const [, ...rest] = shape;
    const input = tf.tensor4d(Float32Array.from(pixels.slice(0, (pixels.length / shape[0]) * people)), [people, ...rest]);
    try {
      return await use(input);
    } finally {
      input.dispose();
    }
  };
  const run = (people: number, stop = signal) => withPixels(people, (input) => cascade.run(stop, input, 'all'));
  const people = await run(shape[0]);
  await run(1);
  const before = memory();
  for (let i = 0; i < runs; i += 1) await run(1);
  const after = memory();
  const forced = await withPixels(1, (input) => forcedLogits(contract, bytes, input, forcedCells));
  const thrown = await throwing('BatchMatMul', backend.name, () => run(1));
  const aborter = new AbortController();
  const aborted = run(1, aborter.signal).catch(String);
  aborter.abort('given up');
  await aborted;
  await run(1); // what was freed while commands were under way is handed back with the next ones
  const afterFailures = memory();
  cascade.dispose();
  const left = tf.memory().numTensors;
  stopBackend(backend);
  const plain = (maps?: Float32Array) => Array.from(maps ?? []);
  return {
    backend: backend.name,
    memory: { before, after, afterFailures, left },
    forced,
    failures: [thrown, await aborted],
    people: people.map(({ joints, coarseMaps, fineMaps }) => ({
      joints,
      coarseMaps: plain(coarseMaps),
      fineMaps: plain(fineMaps),
    })),
  };
}

/** What `run` rejects with while a kernel throws. */
async function throwing(kernelName: string, backendName: string, run: () => Promise<unknown>): Promise<string> {
  const kernel = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  const kernelFunc = () => {
    throw new Error('thrown half-way');
  };
  tf.registerKernel({ ...kernel, kernelFunc });
  try {
    return await run().then(() => 'nothing', String);
  } finally {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  }
}
