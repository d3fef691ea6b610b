import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { startWasm } from '../../cli/node';
import { openWeights } from './weights';

it('opens weights while another backend is starting in the same thread', async () => {
  await startWasm();
  const wasm = tf.backend();
  let start = () => {};
  tf.registerBackend('late', async () => {
    await new Promise<void>((resolve) => {
      start = resolve;
    });
    return wasm;
  });
  const starting = tf.setBackend('late');
  const bytes = new Uint16Array([0x3c00, 0xc000]).buffer; // 1 and -2
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  const opening = openWeights(
    { file: 'weights.bin', bytes: 4, sha256, parameters: 2, specs: [{ name: 'bias', shape: [2] }] },
    bytes,
  );
  setTimeout(() => start(), 100);
  expect((await opening).take('bias', [2]).values).toEqual(new Float32Array([1, -2]));
  expect(await starting).toBe(true);
});
