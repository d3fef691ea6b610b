/** Opens the networks on the requested backend, and handles failures. */
import { EngineError, GPU_FAILURES, isOutOfMemory } from '../engine/error';
import type { Health } from '../engine/watch';
import type { Detector } from '../model/detector/detector';
import { ModelError } from '../model/error';
import type { Backend } from '../model/model-info';
import type { PoseModel } from '../model/pose-model';
import { warmUp } from '../model/warm-up';
import { blankCrop } from './cropping';
import { type Dawn, openDawn } from './dawn';
import { openDetector, openModel, releaseWasm, startWasm } from './models';
import { createPoser, type Poser } from './poser';

/** Where things are on disk. */
export interface Folders {
  /** WebAssembly's binaries; with a trailing slash. */
  readonly binaries: string;
  readonly model: string;
  readonly detector: string;
}

/** What runs, until dispose(). */
export interface Engine {
  readonly name: Backend;
  /** Why this backend was chosen, as a clause. */
  readonly why: string;
  readonly detector: Detector;
  readonly poser: Poser;
  /** With webgpu only. */
  readonly device: GPUDevice | undefined;
  /** Does the work, and rejects with an EngineError if the GPU was lost or its memory is full. */
  checked<T>(work: () => Promise<T>): Promise<T>;
  /** Call once: frees the networks, the GPU, and WebAssembly's memory, unless another engine uses it. */
  dispose(): void;
}

/** Opens the networks on WebAssembly, unless a Dawn is given. Rejects with an EngineError, leaking nothing. */
async function openEngine(folders: Folders, why: string, dawn?: Dawn): Promise<Engine> {
  let [model, detector]: [PoseModel?, Detector?] = [];
  let holdsWasm = false;
  const dispose = () => {
    model?.dispose();
    detector?.dispose();
    dawn?.close();
    if (holdsWasm) releaseWasm();
  };
  try {
    await startWasm(folders.binaries); // for WebGPU, too: it unpacks the weights
    holdsWasm = true;
    model = await openModel(folders.model, dawn?.gpu);
    detector = await openDetector(folders.detector, dawn?.gpu);
    const device = dawn?.gpu.device;
    const poser = createPoser(model, device);
    if (dawn) await tryOut(model, detector, dawn.health);
    const checked: Engine['checked'] = async (work) => {
      // What a step throws on a lost device is meaningless; the loss itself is known a moment later.
      const result = await work().catch(async (error: unknown) => {
        await dawn?.health.settle();
        dawn?.health.check();
        throw asEngineError(error);
      });
      dawn?.health.check();
      return result;
    };
    return { name: dawn ? 'webgpu' : 'wasm', why, detector, poser, device, checked, dispose };
  } catch (error) {
    dispose();
    throw asEngineError(error);
  }
}

function asEngineError(error: unknown): unknown {
  if (error instanceof ModelError) return new EngineError({ code: error.code, detail: error.message }, { cause: error });
  return isOutOfMemory(error) ? new EngineError({ code: 'out-of-memory', detail: String(error) }, { cause: error }) : error;
}

/** Rejects if the GPU does not run the networks: with an EngineError, or with what says that there is no memory. */
async function tryOut(model: PoseModel, detector: Detector, health: Health): Promise<void> {
  try {
    await warmUp(new AbortController().signal, { model, detector }, blankCrop);
    health.check();
  } catch (cause) {
    await health.settle(); // a device that was lost has rejected no shaders
    health.check();
    if (cause instanceof EngineError || isOutOfMemory(cause)) throw cause;
    throw new EngineError({ code: 'compile-failed', detail: String(cause) }, { cause });
  }
}

/**
 * Rejects with an EngineError: if networks are unavailable; 'no-backend' if WebAssembly does not start, or WebGPU is requested but unavailable;
 * one of GPU_FAILURES if it is requested but does not run the networks. With auto, WebAssembly runs instead.
 */
export async function startEngine(wanted: Backend | 'auto', folders: Folders, open = openDawn): Promise<Engine> {
  if (wanted === 'wasm') return openEngine(folders, 'as requested');
  const dawn = await open(wanted);
  if (typeof dawn === 'string') {
    if (wanted === 'webgpu') throw new EngineError({ code: 'no-backend', detail: dawn });
    return openEngine(folders, dawn);
  }
  try {
    return await openEngine(folders, wanted === 'auto' ? 'there is a GPU' : 'as requested', dawn);
  } catch (error) {
    const reason = error instanceof EngineError && GPU_FAILURES.get(error.code);
    if (wanted === 'webgpu' || !reason) throw error;
    return openEngine(folders, reason);
  }
}
