import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openDetector, readDetector, startWasm } from '../../../cli/node';
import { Detector } from './detector';

const FOLDER = 'public/models/detector';
const never = new AbortController().signal;
const tensors = () => tf.memory().numTensors;
let detector: Detector;
let pixels: tf.Tensor4D;

beforeAll(async () => {
  await startWasm();
  detector = await openDetector(FOLDER);
  pixels = tf.ones([1, 320, 320, 3]);
  await detector.run(never, pixels, 0.5); // creates one-time tensors
});

afterAll(() => {
  pixels.dispose();
  detector.dispose();
});

it('leaks no tensors over 10 images', async () => {
  const before = tensors();
  for (let i = 0; i < 10; i += 1) await detector.run(never, pixels, 0.5);
  expect(tensors()).toBe(before);
});

it('leaks no tensors when a step throws', async () => {
  const before = tensors();
  const add = vi.spyOn(tf.getKernel('Add', 'wasm'), 'kernelFunc').mockImplementation(() => {
    throw new Error('thrown half-way');
  });
  await expect(detector.run(never, pixels, 0.5)).rejects.toThrow('thrown half-way');
  add.mockRestore();
  expect(tensors()).toBe(before);
});

it('leaks no tensors when aborted before or during a run', async () => {
  const before = tensors();
  await expect(detector.run(AbortSignal.abort('early'), pixels, 0.5)).rejects.toBe('early');
  const controller = new AbortController();
  const running = detector.run(controller.signal, pixels, 0.5);
  controller.abort('late');
  await expect(running).rejects.toBe('late');
  expect(tensors()).toBe(before);
});

it('leaks no tensors of refused weights or a disposed detector', async () => {
  const before = tensors();
  const { contract, bytes } = await readDetector(FOLDER);
  const [first, ...specs] = contract.weights.specs;
  if (!first) throw new Error('a detector without weights');
  const renamed = { ...contract, weights: { ...contract.weights, specs: [{ ...first, name: 'other' }, ...specs] } };
  await expect(Detector.create(renamed, bytes)).rejects.toMatchObject({ code: 'contract-mismatch' });
  await expect(Detector.create(contract, bytes.slice(2))).rejects.toMatchObject({ code: 'weights-damaged' });
  const other = await Detector.create(contract, bytes);
  other.dispose();
  expect(tensors()).toBe(before);
});
