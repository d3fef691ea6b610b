import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { holdWasm, releaseWasm } from './backend';

const start = vi.fn(async () => {
  if (!(await tf.setBackend('wasm'))) throw new Error('it does not start');
});
const sum = () => tf.tidy(() => tf.sum(tf.tensor1d([1, 2])).dataSync()[0]);

beforeAll(() => setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`));
afterEach(() => start.mockClear());

it('starts again once the last holder has released it', async () => {
  await holdWasm(start);
  expect(sum()).toBe(3);
  releaseWasm();
  await holdWasm(start);
  expect(sum()).toBe(3);
  expect(start).toHaveBeenCalledTimes(2);
  releaseWasm();
});

it('starts once for concurrent requests, and keeps running for the remaining holders', async () => {
  await Promise.all([holdWasm(start), holdWasm(start)]);
  expect(start).toHaveBeenCalledOnce();
  const kept = tf.tensor1d([4, 5]);
  releaseWasm();
  expect([...kept.dataSync()]).toEqual([4, 5]);
  kept.dispose();
  releaseWasm();
});

it('rejects all concurrent requests if the start fails, and retries for the next one', async () => {
  const failing = () => Promise.reject(new Error('offline'));
  const asked = [holdWasm(failing), holdWasm(failing)];
  for (const one of asked) await expect(one).rejects.toThrow('offline');
  await holdWasm(start);
  expect(sum()).toBe(3);
  releaseWasm();
});
