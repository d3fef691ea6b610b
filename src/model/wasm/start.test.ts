import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { expect, it, vi } from 'vitest';

vi.mock('@tensorflow/tfjs-backend-wasm');

it('gives the binaries addresses that a worker started from a blob can load', async () => {
  vi.stubGlobal('location', { href: 'blob:https://example.org/0', origin: 'https://example.org' });
  await import('./start');
  const [paths] = vi.mocked(setWasmPaths).mock.lastCall ?? [];
  const addresses = Object.values(paths ?? {});
  expect(addresses).toHaveLength(3);
  for (const address of addresses) expect(address).toMatch(/^https:\/\/example\.org\/.*\.wasm/);
});
