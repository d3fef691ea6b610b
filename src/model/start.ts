import * as tf from '@tensorflow/tfjs-core';
import type { Detector } from './detector/detector';
import type { Backend } from './model-info';
import type { PoseModel } from './pose-model';
import { findAdapter, startWebGpu, type WebGpu } from './webgpu';

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

/** Crops of the first pass on an oblong image. */
const FIRST_CROPS = 4;

/** A blank crop through each network: does everything that the first real one would otherwise wait for. Rejects if the answer is not a number. */
export async function warmUp(
  signal: AbortSignal,
  { model, detector }: { readonly model: PoseModel; readonly detector?: Detector },
  { gpu }: StartedBackend,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { input: size } = model.info;
  const blank = new OffscreenCanvas(size, size);
  blank.getContext('2d');
  const details = ['none', 'coarse', 'all'] as const;
  if (gpu) {
    const dryRun = () =>
      tf.tidy(() => {
        // What finding takes: several crops without maps, then one with whatever maps the page shows.
        model.graph(tf.zeros([FIRST_CROPS, size, size, 3]), 'none'); // batches take other shaders here and there
        for (const maps of details) model.graph(pixelsOf(blank, size), maps);
        if (!detector) return;
        const { size: side } = detector.contract.input;
        detector.graph(tf.zeros([1, side, side, 3]));
      });
    await gpu.compile(dryRun, onProgress);
    signal.throwIfAborted();
  }
  const pixels = pixelsOf(blank, size);
  try {
    const [person] = await model.run(signal, pixels, 'none');
    if (!person?.joints.every(({ score }) => Number.isFinite(score))) throw new Error('the network does not answer with numbers');
  } finally {
    pixels.dispose();
  }
}

/** A sheet of crops, one below the other -> [crops, size, size, 3] bytes as int32, on the device; the caller disposes of it. */
export function pixelsOf(sheet: OffscreenCanvas, size: number): tf.Tensor4D {
  return tf.tidy(() => tf.reshape(tf.browser.fromPixels(sheet as unknown as HTMLCanvasElement), [-1, size, size, 3]));
}

/** Frees the backend and whatever is left on it. */
export function stopBackend({ name, gpu }: StartedBackend): void {
  tf.removeBackend(name);
  gpu?.device.destroy();
}
