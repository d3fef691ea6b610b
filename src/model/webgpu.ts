/**
 * The WebGPU backend of TensorFlow.js on a device of our own: the package does not report the loss or the
 * errors of a device that it creates itself. Only the kernels that the cascade uses are registered, so that only they are bundled.
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base';
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add';
import { argMaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/ArgMax';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat';
import { fromPixelsConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FromPixels';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedConv2D';
import { gatherNdConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/GatherNd';
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity';
import { maxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Max';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply';
import { padV2Config } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/PadV2';
import { reluConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Relu';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape';
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softmax';
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub';
import { tileConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Tile';
import { transposeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Transpose';
import * as tf from '@tensorflow/tfjs-core';
import { upAddConfig } from './webgpu-add';

const KERNELS = [
  addConfig,
  argMaxConfig,
  avgPoolConfig,
  batchMatMulConfig,
  castConfig,
  concatConfig,
  fusedConv2DConfig,
  fromPixelsConfig,
  gatherNdConfig,
  identityConfig,
  maxConfig,
  multiplyConfig,
  padV2Config,
  reluConfig,
  reshapeConfig,
  softmaxConfig,
  subConfig,
  tileConfig,
  transposeConfig,
  upAddConfig,
];

/** Limits that make the kernels faster; the device gets what the adapter has. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

export interface WebGpu {
  readonly device: GPUDevice;
  /** Compiles the shaders that `dryRun` asks for, in parallel. Rejects if one of them does not compile. */
  compile(dryRun: () => void, onProgress: (done: number, total: number) => void): Promise<void>;
}

/** This browser's adapter, or a clause that says why there is none. */
export async function findAdapter(): Promise<GPUAdapter | string> {
  if (navigator.gpu === undefined) return isSecureContext ? 'the browser has no WebGPU' : 'WebGPU needs https';
  // A new one each time: an adapter gives one device only.
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return adapter ?? 'no WebGPU adapter';
}

/** Makes the device and tfjs's current backend on it. Rejects, and leaves no device behind, if the adapter provides none or tfjs does not start. */
export async function startWebGpu(adapter: GPUAdapter): Promise<WebGpu> {
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  try {
    const backend = new WebGPUBackend(device, adapter.info);
    tf.removeBackend('webgpu');
    tf.registerBackend('webgpu', () => backend);
    for (const kernel of KERNELS) if (!tf.getKernel(kernel.kernelName, 'webgpu')) tf.registerKernel(kernel);
    if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs does not start on the device');
    return { device, compile: (dryRun, onProgress) => compile(backend, dryRun, onProgress) };
  } catch (error) {
    device.destroy();
    throw error;
  }
}

async function compile(
  backend: WebGPUBackend,
  dryRun: () => void,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { device } = backend;
  let [done, total] = [0, 0];
  device.createComputePipelineAsync = (descriptor) => {
    total += 1;
    const pipeline = GPUDevice.prototype.createComputePipelineAsync.call(device, descriptor);
    const count = () => {
      done += 1;
      onProgress(done, total);
    };
    // Whoever waits for the pipeline itself gets the rejection.
    pipeline.then(count, () => undefined);
    return pipeline;
  };
  tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
  try {
    dryRun();
  } finally {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
    Reflect.deleteProperty(device, 'createComputePipelineAsync');
  }
  onProgress(0, total);
  await backend.checkCompileCompletionAsync();
}
