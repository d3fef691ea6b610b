import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openCascade, readModel, startWasm } from '../../../cli/node';
import { Cascade } from './cascade';
import { checkContract } from './contract';

const never = new AbortController().signal;
const tensors = () => tf.memory().numTensors;
let cascade: Cascade;
let pixels: tf.Tensor4D;

beforeAll(async () => {
  await startWasm();
  cascade = await openCascade('public/models/cascade');
  pixels = tf.ones([1, 192, 192, 3]);
  await cascade.run(never, pixels, 'none'); // creates one-time tensors
});

afterAll(() => {
  pixels.dispose();
  cascade.dispose();
});

it('leaks no tensors over 10 images, with and without maps', async () => {
  await cascade.run(never, pixels, 'all');
  const before = tensors();
  for (let i = 0; i < 10; i += 1) await cascade.run(never, pixels, i % 5 === 0 ? 'all' : 'none');
  expect(tensors()).toBe(before);
});

it('leaks no tensors when a step throws', async () => {
  const before = tensors();
  const matMul = vi.spyOn(tf.getKernel('BatchMatMul', 'wasm'), 'kernelFunc').mockImplementation(() => {
    throw new Error('thrown half-way');
  });
  await expect(cascade.run(never, pixels, 'all')).rejects.toThrow('thrown half-way');
  matMul.mockRestore();
  expect(tensors()).toBe(before);
});

it('leaks no tensors when aborted before or during a run', async () => {
  const before = tensors();
  await expect(cascade.run(AbortSignal.abort('early'), pixels, 'all')).rejects.toBe('early');
  const controller = new AbortController();
  const running = cascade.run(controller.signal, pixels, 'all');
  controller.abort('late');
  await expect(running).rejects.toBe('late');
  expect(tensors()).toBe(before);
});

it('leaks no tensors of a refused or disposed model', async () => {
  const before = tensors();
  const { json, bytes } = await readModel('public/models/cascade');
  const contract = checkContract(json);
  const [first, ...specs] = contract.weights.specs;
  if (!first) throw new Error('a model without weights');
  const renamed = { ...contract, weights: { ...contract.weights, specs: [{ ...first, name: 'other' }, ...specs] } };
  await expect(Cascade.create(renamed, bytes)).rejects.toThrow('lack');
  const other = await Cascade.create(contract, bytes);
  other.dispose();
  expect(tensors()).toBe(before);
});
