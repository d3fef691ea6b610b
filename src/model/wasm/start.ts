/** The WASM backend with binaries from our own server, not a CDN. Loaded only where WebGPU does not run. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { holdWasm } from './backend';
import { openWinograd } from './winograd';

export { releaseWasm } from './backend';

// Threads gain nothing (docs/decisions.md), so the threaded binary is not shipped and must not be requested.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

/** Turbopack gives files addresses without an origin, which mean nothing in the worker that it starts from a blob. */
const absolute = (address: string) => (address.startsWith('/') ? location.origin + address : address);

setWasmPaths({
  'tfjs-backend-wasm.wasm': absolute(plainUrl),
  'tfjs-backend-wasm-simd.wasm': absolute(simdUrl),
  'tfjs-backend-wasm-threaded-simd.wasm': absolute(simdUrl),
}); // only once: it throws after a failed start

/** Makes it tfjs's current backend, until releaseWasm(). Rejects if the binary cannot be loaded. */
export const startWasm = (): Promise<void> =>
  holdWasm(async () => {
    if (!(await tf.setBackend('wasm'))) throw new Error('the WASM backend does not start');
    await openWinograd();
  });
