/** TensorFlow.js's WASM backend: there is one in a thread, for all networks that run on it. */
import * as tf from '@tensorflow/tfjs-core';

const NAME = 'wasm';
let holders = 0;
let started: Promise<void> | undefined;

/** start: makes it the current backend, where nobody holds it. Rejects as that does, and the next holder starts anew; else the caller releases it. */
export async function holdWasm(start: () => Promise<void>): Promise<void> {
  holders += 1;
  started ??= start();
  const mine = started;
  try {
    await mine;
  } catch (error) {
    holders -= 1;
    if (started === mine) started = undefined;
    throw error;
  }
}

/** The last one frees its memory. */
export function releaseWasm(): void {
  holders -= 1;
  if (holders > 0) return;
  started = undefined;
  const factory = tf.findBackendFactory(NAME);
  if (!factory) return;
  tf.removeBackend(NAME);
  tf.registerBackend(NAME, factory); // for the next start
}
