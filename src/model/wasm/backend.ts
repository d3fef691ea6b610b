/** TensorFlow.js's WASM backend: one per thread, for all networks that run on it. */
import * as tf from '@tensorflow/tfjs-core';

const NAME = 'wasm';
let holders = 0;
let started: Promise<void> | undefined;

/**
 * start: makes it the current backend; called unless somebody holds it already. Rejects as start does, and the next holder tries again; else the
 * caller releases it.
 */
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

/** The last release frees its memory. */
export function releaseWasm(): void {
  holders -= 1;
  if (holders > 0) return;
  started = undefined;
  const factory = tf.findBackendFactory(NAME);
  if (!factory) return;
  tf.removeBackend(NAME);
  tf.registerBackend(NAME, factory); // for the next start
}
