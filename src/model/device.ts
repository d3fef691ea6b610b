/**
 * The WebGPU backend of TensorFlow.js on a device of our own: the package does not report the loss or the errors of a device that it
 * creates itself. It only unpacks weights, and so has no kernels: the networks run as programs of our own (webgpu/).
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';
import * as tf from '@tensorflow/tfjs-core';
import { adapterOf, openGpu, type WebGpu } from './webgpu/gpu';

/** This browser's adapter, or a clause that says why there is none; as adapterOf(). */
export async function findAdapter(wanted: 'webgpu' | 'auto'): Promise<GPUAdapter | string> {
  if (navigator.gpu === undefined) return isSecureContext ? 'the browser has no WebGPU' : 'WebGPU needs https';
  return adapterOf(navigator.gpu, wanted);
}

/** Makes the device and tfjs's current backend on it. Rejects, and leaves no device behind, if the adapter provides none or tfjs does not start. */
export async function startWebGpu(adapter: GPUAdapter): Promise<WebGpu> {
  const gpu = await openGpu(adapter);
  try {
    const backend = new WebGPUBackend(gpu.device, adapter.info);
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu'); // the package's own; gone when this is not the first start
    tf.registerBackend('webgpu', () => backend);
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs does not start on the device');
    return gpu;
  } catch (error) {
    gpu.device.destroy();
    throw error;
  }
}
