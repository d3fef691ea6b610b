/** A page with the cascade, as the engine's worker runs it. */
import * as tf from '@tensorflow/tfjs-core';
import { Cascade } from '../src/model/cascade';
import { fetchContract, fetchWeights } from '../src/model/load';
import { startBackend, warmUp } from '../src/model/start';
import { noise, subjectOf } from './open';

globalThis.openSubject = async (url) => {
  const { signal } = new AbortController();
  const start = performance.now();
  const contract = await fetchContract(signal, url);
  const bytes = await fetchWeights(signal, url, contract, () => undefined);
  const backend = await startBackend('webgpu');
  if (!backend.gpu) throw new Error(backend.why);
  const cascade = await Cascade.create(contract, bytes);
  await warmUp(signal, cascade, backend, () => undefined);
  const { size } = contract.input;
  const inputs = new Map<number, tf.Tensor4D>();
  const input = (people: number) => {
    const made = inputs.get(people) ?? tf.tensor4d(noise(people, size), [people, size, size, 3], 'int32');
    inputs.set(people, made);
    return made;
  };
  globalThis.subject = await subjectOf(start, (people) => cascade.run(signal, input(people), 'none'));
  return globalThis.subject;
};
