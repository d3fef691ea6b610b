import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { expect, it } from 'vitest';
import { ownEngine } from './own-engine';

/** The module's source after the transform, as Rolldown calls it. */
function transformed(file: string, source: string): string {
  const { transform } = ownEngine() as Plugin & { transform(code: string, id: string): string };
  return transform.call(undefined, source, file);
}

const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core'));
const FILE = join(core, 'global_util.js').replaceAll('\\', '/');

it("keeps TensorFlow.js's globals out of the global object", async () => {
  const before = Object.keys(globalThis).filter((name) => name.startsWith('_tf'));
  const code = transformed(FILE, readFileSync(FILE, 'utf8'));
  const { getGlobal, getGlobalNamespace } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  expect(getGlobalNamespace()).not.toBe(globalThis);
  expect([getGlobal('name', () => 'first'), getGlobal('name', () => 'second')]).toEqual(['first', 'first']);
  expect(Object.keys(globalThis).filter((name) => name.startsWith('_tf'))).toEqual(before);
});

it('fails the build if TensorFlow.js keeps them in another way', () => {
  expect(() => transformed(FILE, 'export const getGlobalNamespace = () => globalThis;')).toThrow('in another way');
});
