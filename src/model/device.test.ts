import { describe, expect, it, vi } from 'vitest';
import { findAdapter, startWebGpu } from './device';

describe('findAdapter', () => {
  const withAdapter = (adapter: object | null) => vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } });

  it('accepts a software adapter only if WebGPU is requested', async () => {
    const software = { info: { isFallbackAdapter: true } };
    withAdapter(software);
    expect(await findAdapter('auto')).toContain('on the processor');
    expect(await findAdapter('webgpu')).toBe(software);
  });

  it('accepts a GPU in any case, and reports if there is none', async () => {
    const gpu = { info: { isFallbackAdapter: false } };
    withAdapter(gpu);
    expect(await findAdapter('auto')).toBe(gpu);
    withAdapter(null);
    expect(await findAdapter('webgpu')).toBe('no WebGPU adapter');
  });
});

it('destroys the device if TensorFlow.js does not start on it', async () => {
  const device = { destroy: vi.fn() };
  const adapter = { limits: {}, requestDevice: async () => device };
  await expect(startWebGpu(adapter as unknown as GPUAdapter)).rejects.toThrow();
  expect(device.destroy).toHaveBeenCalledOnce();
});
