/**
 * The WebGPU backend of TensorFlow.js on a device of our own: the package does not report the loss or the errors of a device that it
 * creates itself. It only unpacks weights, and so has no kernels: the networks run as programs of our own (webgpu/).
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';
import * as tf from '@tensorflow/tfjs-core';
import { adapterOf, openGpu, type WebGpu } from './webgpu/gpu';

/** The package's own name, under which it would open a device itself. */
const PACKAGE = 'webgpu';
/** Above every other backend's: one that has started is always ready to unpack. */
const PRIORITY = 10;
let started = 0;
const names = new WeakMap<WebGpu, string>();

/** This browser's adapter, or a clause that says why there is none; as adapterOf(). */
export async function findAdapter(wanted: 'webgpu' | 'auto'): Promise<GPUAdapter | string> {
  if (navigator.gpu === undefined) return isSecureContext ? 'the browser has no WebGPU' : 'WebGPU needs https';
  return adapterOf(navigator.gpu, wanted);
}

/**
 * Opens the device and a backend of TensorFlow.js on it, under a name of its own: several engines may share a thread. Rejects, and leaves no
 * device behind, if the adapter provides none or TensorFlow.js does not start.
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
    // Where another engine's is current it stays so: its networks may run on it, and any backend unpacks weights.
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
