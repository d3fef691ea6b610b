/**
 * The WebGPU backend of TensorFlow.js on a device of our own: the package does not report the loss or the errors of a device that it
 * creates itself. It only unpacks weights, and so has no kernels: the networks run as programs of our own (webgpu/).
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';
import * as tf from '@tensorflow/tfjs-core';
import type { WebGpu } from './webgpu/gpu';
import { Pipelines } from './webgpu/pipelines';

/** Limits that make the kernels faster; the device gets what the adapter has. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxTextureDimension2D',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Newer than the types that TensorFlow.js holds us to. */
type AdapterInfo = GPUAdapterInfo & { readonly isFallbackAdapter?: boolean };
const isSoftware = (info: AdapterInfo) => info.isFallbackAdapter ?? false;

/**
 * This browser's adapter, or a clause that says why there is none. For auto a program on the processor is none: WebAssembly answers sooner there,
 * the first time and every time (docs/decisions.md).
 */
export async function findAdapter(wanted: 'webgpu' | 'auto'): Promise<GPUAdapter | string> {
  if (navigator.gpu === undefined) return isSecureContext ? 'the browser has no WebGPU' : 'WebGPU needs https';
  // A new one each time: an adapter gives one device only.
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'no WebGPU adapter';
  return wanted === 'auto' && isSoftware(adapter.info) ? 'WebGPU would run on the processor here, which is slower' : adapter;
}

/** Makes the device and tfjs's current backend on it. Rejects, and leaves no device behind, if the adapter provides none or tfjs does not start. */
export async function startWebGpu(adapter: GPUAdapter): Promise<WebGpu> {
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  try {
    const backend = new WebGPUBackend(device, adapter.info);
    if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu'); // the package's own; gone when this is not the first start
    tf.registerBackend('webgpu', () => backend);
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs does not start on the device');
    return { device, pipelines: new Pipelines(device), software: isSoftware(adapter.info) };
  } catch (error) {
    device.destroy();
    throw error;
  }
}
