import { Pipelines } from './pipelines';
import { GPU, SOFTWARE, type Tiling } from './tile';

/** A device and what is compiled on it. */
export interface WebGpu {
  readonly device: GPUDevice;
  readonly pipelines: Pipelines;
  /** Whether the adapter is software that runs on the CPU. */
  readonly software: boolean;
}

export const tilingOf = ({ software }: WebGpu): Tiling => (software ? SOFTWARE : GPU);

/** Whether an adapter is software that runs on the CPU. */
function isSoftware(adapter: GPUAdapter): boolean {
  // Newer than the type definitions that TensorFlow.js ties us to.
  const { info } = adapter as { readonly info?: { readonly isFallbackAdapter?: boolean } };
  return info?.isFallbackAdapter ?? false;
}

/**
 * The adapter of a WebGPU implementation, or a clause that says why there is none. For auto, a software adapter does not count: WebAssembly is
 * faster there, on the first run and on every other (docs/decisions.md).
 */
export async function adapterOf(gpu: GPU, wanted: 'webgpu' | 'auto'): Promise<GPUAdapter | string> {
  // A new one each time, because an adapter provides only one device.
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'no WebGPU adapter';
  return wanted === 'auto' && isSoftware(adapter) ? 'WebGPU would run on the processor here, which is slower' : adapter;
}

/** Limits that make the kernels faster; the device gets the adapter's values. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxTextureDimension2D',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** The caller destroys the device. Rejects if the adapter provides none. */
export async function openGpu(adapter: GPUAdapter): Promise<WebGpu> {
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  return { device, pipelines: new Pipelines(device), software: isSoftware(adapter) };
}
