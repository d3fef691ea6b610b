/** A page with the shipped model, as the engine's worker runs it. */
import * as tf from '@tensorflow/tfjs-core';
import { readPoseModel } from '../src/model/architectures';
import { fetchContract, fetchWeights } from '../src/model/load';
import { startBackend, warmUp } from '../src/model/start';
import { noise, subjectOf } from './open';

globalThis.openSubject = async (url) => {
  const { signal } = new AbortController();
  const start = performance.now();
  const spec = readPoseModel(await fetchContract(signal, url));
  const bytes = await fetchWeights(signal, url, spec.weights, () => undefined);
  const backend = await startBackend('webgpu');
  if (!backend.gpu) throw new Error(backend.why);
  const model = await spec.create(bytes);
  await warmUp(signal, { model }, backend, () => undefined);
  const side = model.info.input;
  const inputs = new Map<number, tf.Tensor4D>();
  const input = (people: number) => {
    const made = inputs.get(people) ?? tf.tensor4d(noise(people, side), [people, side, side, 3], 'int32');
    inputs.set(people, made);
    return made;
  };
  globalThis.subject = await subjectOf(start, (people) => model.run(signal, input(people), 'none'));
  return globalThis.subject;
};
