import { describe, expect, it } from 'vitest';
import { openDawn } from './dawn';

/** The package, with an adapter that provides no device, or without an adapter. */
const having = (info: object | null) => async () => ({
  globals: {},
  create: () => {
    const adapter = info && { info, limits: {}, requestDevice: () => Promise.reject(new Error('no driver')) };
    return { requestAdapter: async () => adapter } as unknown as GPU;
  },
});
const failing = (message: string, code?: string) => () => Promise.reject(Object.assign(new Error(message), { code }));

describe.each(['auto', 'webgpu'] as const)('openDawn, %s', (wanted) => {
  it.each([
    ['is not installed', failing('none', 'ERR_MODULE_NOT_FOUND')],
    ['does not load (no binary for this system)', failing('no binary for this system')],
    [
      'does not load (no driver)',
      async () => ({
        globals: {},
        create: () => {
          throw new Error('no driver');
        },
      }),
    ],
    ['no WebGPU adapter', having(null)],
    ['provides no device', having({ isFallbackAdapter: false })],
  ])('gives the reason: %s', async (clause, load) => {
    expect(await openDawn(wanted, load)).toContain(clause);
  });
});

it('accepts a software adapter only if WebGPU is requested', async () => {
  const software = having({ isFallbackAdapter: true });
  expect(await openDawn('auto', software)).toContain('on the processor');
  expect(await openDawn('webgpu', software)).toContain('provides no device');
});
