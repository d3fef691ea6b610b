import { describe, expect, it, vi } from 'vitest';
import { findAdapter } from './device';

describe('findAdapter', () => {
  const withAdapter = (adapter: object | null) => vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } });

  it('takes a program on the processor only where WebGPU is asked for', async () => {
    const software = { info: { isFallbackAdapter: true } };
    withAdapter(software);
    expect(await findAdapter('auto')).toContain('on the processor');
    expect(await findAdapter('webgpu')).toBe(software);
  });

  it('takes a GPU in any case, and says when there is none', async () => {
    const gpu = { info: { isFallbackAdapter: false } };
    withAdapter(gpu);
    expect(await findAdapter('auto')).toBe(gpu);
    withAdapter(null);
    expect(await findAdapter('webgpu')).toBe('no WebGPU adapter');
  });
});
