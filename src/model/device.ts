/**
 * The WebGPU backend of TensorFlow.js on our own device, because the package does not report the loss or the errors of a device that it
 * creates itself. It only unpacks weights and so has no kernels: the networks run as our own programs (webgpu/).
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';
import * as tf from '@tensorflow/tfjs-core';
import { adapterOf, openGpu, type WebGpu } from './webgpu/gpu';

/** The package's own name, under which it would open a device itself. */
const PACKAGE = 'webgpu';
/** Above that of every other backend: a backend of this kind, once registered, is always ready to unpack. */
const PRIORITY = 10;
let started = 0;
const names = new WeakMap<WebGpu, string>();

/** This browser's adapter, or a clause that says why there is none; see adapterOf(). */
export async function findAdapter(wanted: 'webgpu' | 'auto'): Promise<GPUAdapter | string> {
  if (navigator.gpu === undefined) return isSecureContext ? 'the browser has no WebGPU' : 'WebGPU needs https';
  return adapterOf(navigator.gpu, wanted);
}

/**
 * Opens the device and a TensorFlow.js backend on it, under a unique name, because several engines may share a thread. Rejects, without
 * leaking a device, if the adapter provides none or TensorFlow.js does not start.
 */
export async function startWebGpu(adapter: GPUAdapter): Promise<WebGpu> {
  const gpu = await openGpu(adapter);
  started += 1;
  const name = `${PACKAGE}-${started}`;
  names.set(gpu, name);
  try {
    const backend = new WebGPUBackend(gpu.device, adapter.info);
    if (tf.findBackendFactory(PACKAGE)) tf.removeBackend(PACKAGE);
    tf.registerBackend(name, () => backend, PRIORITY);
    // Another engine's backend stays current: its networks may run on it, and any backend can unpack weights.
    if (!tf.getBackend() && !(await tf.setBackend(name))) throw new Error('tfjs does not start on the device');
    return gpu;
  } catch (error) {
    stopWebGpu(gpu);
    throw error;
  }
}

/** Frees the device, with whatever is left on it, and its backend. */
export function stopWebGpu(gpu: WebGpu): void {
  const name = names.get(gpu);
  if (name && tf.findBackendFactory(name)) tf.removeBackend(name);
  gpu.device.destroy();
}
