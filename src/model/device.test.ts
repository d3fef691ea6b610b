import { expect, it, vi } from 'vitest';
import { startWebGpu } from './device';

it('destroys the device when tfjs does not start on it', async () => {
  const device = { destroy: vi.fn() };
  const adapter = { limits: {}, requestDevice: async () => device };
  await expect(startWebGpu(adapter as unknown as GPUAdapter)).rejects.toThrow();
  expect(device.destroy).toHaveBeenCalledOnce();
});
