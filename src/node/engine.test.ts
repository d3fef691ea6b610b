import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import type { Dawn } from './dawn';
import { startEngine } from './engine';

const binaries = `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;
const FOLDERS = { binaries, model: 'public/models/cascade', detector: 'public/models/detector' };

/** What openDawn() returns: a device whose driver rejects every shader. */
function rejecting() {
  const close = vi.fn();
  const pipelines = { compile: () => Promise.reject(new Error('the driver says no')) };
  const health = { check: () => undefined, settle: async () => undefined, stop: () => undefined };
  const dawn = { gpu: { device: { limits: {} }, pipelines, software: false }, health, close };
  return { open: async () => dawn as unknown as Dawn, close };
}

const started = async (...given: Parameters<typeof startEngine>) => {
  const engine = await startEngine(...given);
  engine.dispose();
  return `${engine.name}: ${engine.why}`;
};

it('falls back to WebAssembly if WebGPU is unavailable, unless it was requested', async () => {
  const open = async () => 'no WebGPU adapter';
  expect(await started('auto', FOLDERS, open)).toBe('wasm: no WebGPU adapter');
  await expect(started('webgpu', FOLDERS, open)).rejects.toMatchObject({ name: 'EngineError', code: 'no-backend' });
});

it('falls back to WebAssembly if the driver rejects the shaders, unless WebGPU was requested, and leaks no device', async () => {
  const { open, close } = rejecting();
  expect(await started('auto', FOLDERS, open)).toBe('wasm: the graphics driver rejected the shaders');
  expect(close).toHaveBeenCalledOnce();
  await expect(started('webgpu', FOLDERS, open)).rejects.toMatchObject({ name: 'EngineError', code: 'compile-failed' });
  expect(close).toHaveBeenCalledTimes(2);
});

it('leaks no device if a network is missing', async () => {
  const { open, close } = rejecting();
  const starting = started('auto', { ...FOLDERS, detector: 'nowhere' }, open);
  await expect(starting).rejects.toMatchObject({ name: 'EngineError', code: 'weights-unreachable' });
  expect(close).toHaveBeenCalledOnce();
});

it('does not look for a GPU if WebAssembly is requested', async () => {
  expect(await started('wasm', FOLDERS, () => Promise.reject(new Error('it looked')))).toBe('wasm: as requested');
});

it("frees WebAssembly's memory with the last engine, and starts it again for the next", async () => {
  const isThere = () => 'wasm' in tf.engine().registry;
  const [one, other] = [await startEngine('wasm', FOLDERS), await startEngine('wasm', FOLDERS)];
  one.dispose();
  expect(isThere()).toBe(true);
  other.dispose();
  expect(isThere()).toBe(false);
  const next = await startEngine('wasm', FOLDERS);
  const blank = { width: 8, height: 8, data: new Uint8Array(192) };
  const [person] = await next.poser.pass(blank, [{ cx: 4, cy: 4, side: 8 }], false);
  expect(person?.pose.every(({ score }) => score < 0.5)).toBe(true);
  next.dispose();
  await expect(started('wasm', { ...FOLDERS, detector: 'nowhere' })).rejects.toMatchObject({ code: 'weights-unreachable' });
  expect(isThere()).toBe(false);
});
