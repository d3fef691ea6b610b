/** The networks that bench:gpu times. Load it once the globals of WebGPU exist. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import { timeLayers } from '../bench/layers';
import { noise, subjectOf } from '../bench/open';
import { readPoseModel } from '../src/model/architectures';
import { openGpu } from '../src/model/webgpu/gpu';
import { largestDifference, readGolden } from '../tools/golden';
import { inputSide, openGraph } from './graph';
import { readModel, startWasm } from './node';

const { signal } = new AbortController();

/** The shipped cascade, on a device of its own. */
export async function openCascade() {
  await startWasm(); // unpacks the weights
  const start = performance.now();
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('Dawn finds no adapter');
  const gpu = await openGpu(adapter);
  const { json, bytes } = await readModel('public/models/cascade');
  const model = await readPoseModel(json).create(bytes, gpu);
  await model.compile(() => undefined);
  const side = model.info.input;
  /** Crops as they are, one below the other. */
  const run = (people: number, data: Uint8Array) => {
    const image = { width: side, height: side * people, data };
    const rois = Array.from({ length: people }, (_, i) => ({ cx: side / 2, cy: (i + 0.5) * side, side }));
    return model.run(signal, { image, rois, mirrored: false }, 'none');
  };
  const infer = (people: number) => run(people, noise(people, side));
  return {
    subject: await subjectOf(start, infer),
    /** Largest distance of the joints from PyTorch's, pixels of the input. */
    error: async () => {
      const golden = readGolden('src/model/cascade/golden');
      const { shape, numbers } = golden('pixels');
      const people = await run(shape[0], Uint8Array.from(numbers));
      const joints = people.flatMap((person) => person.joints.flatMap(({ fine }) => [fine.x, fine.y]));
      return largestDifference(joints, golden('fine').numbers);
    },
    layers: (people: number, rounds: number) => timeLayers(gpu.device, () => infer(people), rounds),
  };
}

/** A peer's graph model, FILE.json with its weights in FILE.bin, on TensorFlow.js's device and kernels. */
export async function openPeer(file: string) {
  const start = performance.now();
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on WebGPU');
  const { graph } = await openGraph(file);
  const side = inputSide(graph);
  const input = tf.tensor4d(noise(1, side), [1, side, side, 3], 'int32');
  return subjectOf(start, async () => {
    const output = [graph.execute(input)].flat();
    await Promise.all(output.map((tensor) => tensor.data()));
    tf.dispose(output);
  });
}
