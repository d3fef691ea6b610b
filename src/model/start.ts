import { findAdapter, startWebGpu, stopWebGpu } from './device';
import type { Backend } from './model-info';
import type { WebGpu } from './webgpu/gpu';

export type { WebGpu };

/** The backend that runs. */
export interface StartedBackend {
  readonly name: Backend;
  /** Why this one, as a clause. */
  readonly why: string;
  /** With webgpu only. */
  readonly gpu?: WebGpu;
  /** With wasm only, which all engines of a thread share: releases it. */
  readonly release?: () => void;
}

/** Starts the requested backend, or WASM where WebGPU does not run. Rejects if that does not start either. */
export async function startBackend(wanted: Backend | 'auto', why = 'as requested'): Promise<StartedBackend> {
  if (wanted === 'wasm') return wasm(why);
  const adapter = await findAdapter(wanted);
  if (typeof adapter === 'string') return wasm(adapter);
  try {
    const gpu = await startWebGpu(adapter);
    return { name: 'webgpu', gpu, why: wanted === 'auto' ? 'available in this browser' : 'as requested' };
  } catch (error) {
    return wasm(`the WebGPU adapter provides no device (${error instanceof Error ? error.message : error})`);
  }
}

async function wasm(why: string): Promise<StartedBackend> {
  const { startWasm, releaseWasm } = await import('./wasm/start');
  await startWasm();
  return { name: 'wasm', why, release: releaseWasm };
}

/** Frees the backend: the device with whatever is left on it, or WASM, if no other engine in this thread uses it. */
export function stopBackend({ gpu, release }: StartedBackend): void {
  if (gpu) stopWebGpu(gpu);
  release?.();
}
