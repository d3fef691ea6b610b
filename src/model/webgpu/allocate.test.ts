import { expect, it } from 'vitest';
import { allocate } from './allocate';
import { read, type Step, write } from './step';
import type { Storage } from './tensor';

const storage = (name: string, bytes: number): Storage => ({ name, bytes });
const step = (inputs: Storage[], output: Storage): Step => ({
  name: output.name,
  code: '',
  bindings: [...inputs.map(read), write(output)],
  workgroups: 1,
  macs: 0,
});

const [a, b, c, d] = [storage('a', 100), storage('b', 60), storage('c', 80), storage('d', 40)];

it('reuses a buffer once its last reader is done, and never one that is still read', () => {
  const steps = [step([], a), step([a], b), step([b], c), step([c, b], d)];
  const { buffers, place } = allocate(steps, []);
  expect(place.get(b)).not.toBe(place.get(a));
  expect(place.get(c)).toBe(place.get(a));
  expect(new Set([b, c, d].map((one) => place.get(one))).size).toBe(3);
  expect(buffers).toHaveLength(3);
  for (const one of [a, b, c, d]) expect(buffers[place.get(one) ?? -1]).toBeGreaterThanOrEqual(one.bytes);
});

it('does not reuse the buffer of a storage that outlives the steps', () => {
  const steps = [step([], a), step([], b), step([b], c)];
  const { place } = allocate(steps, [a]);
  expect(place.get(b)).not.toBe(place.get(a));
  expect(place.get(c)).not.toBe(place.get(a));
});

it('grows a buffer instead of adding another', () => {
  const steps = [step([], d), step([d], b), step([b], a)];
  const { buffers, place } = allocate(steps, []);
  expect(place.get(a)).toBe(place.get(d));
  expect(buffers).toEqual([100, 60]);
});
