import * as tf from '@tensorflow/tfjs-core';
import type { Detector } from './detector/detector';
import { findAdapter, startWebGpu, type WebGpu } from './device';
import type { Backend } from './model-info';
import type { OnCompiled } from './network';
import type { PoseModel } from './pose-model';

/** The backend that runs. */
export interface StartedBackend {
  readonly name: Backend;
  /** Why this one, as a clause. */
  readonly why: string;
  /** With webgpu only. */
  readonly gpu?: WebGpu;
}

/** Makes `wanted` tfjs's backend, or WASM where WebGPU does not run. Rejects if that does not start either. */
export async function startBackend(wanted: Backend | 'auto', why = 'as requested'): Promise<StartedBackend> {
  if (wanted === 'wasm') return wasm(why);
  const adapter = await findAdapter();
  if (typeof adapter === 'string') return wasm(adapter);
  try {
    return {
      name: 'webgpu',
      gpu: await startWebGpu(adapter),
      why: wanted === 'auto' ? 'available in this browser' : 'as requested',
    };
  } catch (error) {
    return wasm(`the WebGPU adapter provides no device (${error instanceof Error ? error.message : error})`);
  }
}

async function wasm(why: string): Promise<StartedBackend> {
  const { startWasm } = await import('./wasm');
  await startWasm();
  return { name: 'wasm', why };
}

/** A blank crop through each network: does everything that the first real one would otherwise wait for. Rejects if the answer is not a number. */
export async function warmUp(
  signal: AbortSignal,
  { model, detector }: { readonly model: PoseModel; readonly detector: Detector },
  onProgress: OnCompiled,
): Promise<void> {
  const { input: size } = model.info;
  const blank = new OffscreenCanvas(size, size);
  blank.getContext('2d');
  const counts = [model, detector].map(() => ({ done: 0, total: 0 }));
  const sum = (part: 'done' | 'total') => counts.reduce((all, count) => all + count[part], 0);
  await Promise.all(
    [model, detector].map((network, i) =>
      network.compile((done, total) => {
        counts[i] = { done, total };
        onProgress(sum('done'), sum('total'));
      }),
    ),
  );
  signal.throwIfAborted();
  const [person] = await model.run(signal, blank, 'none');
  if (!person?.joints.every(({ score }) => Number.isFinite(score))) throw new Error('the network does not answer with numbers');
}

/** Frees the backend and whatever is left on it. */
export function stopBackend({ name, gpu }: StartedBackend): void {
  tf.removeBackend(name);
  gpu?.device.destroy();
}
