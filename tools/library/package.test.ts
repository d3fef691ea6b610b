/** The package as others get it: built and packed, then read as the tools of bundlers, TypeScript and Node read it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENTRIES } from './entries';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'posecade-'));
let packed: Packed;

beforeAll(() => {
  const outDir = join(folder, 'package');
  const vite = ['vite', 'build', '--config', 'tools/library/vite.config.ts', '--logLevel', 'error', '--outDir', outDir];
  execFileSync('npx', [...vite, '--emptyOutDir']);
  const report = execFileSync('npm', ['pack', outDir, '--json', '--pack-destination', folder], { encoding: 'utf8' });
  [packed] = JSON.parse(report);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

it('has what it names in its package.json, in forms that bundlers and Node accept', async () => {
  const { messages } = await publint({ pkgDir: join(folder, 'package'), strict: true });
  expect(messages).toEqual([]);
});

it('has types for every entry that modules find, in Node and with bundlers', async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(join(folder, packed.filename))));
  if (!result.types) throw new Error('the package has no types');
  expect(Object.keys(result.entrypoints)).toEqual(expect.arrayContaining(ENTRIES.map(({ path }) => path)));
  // The package is for modules alone; what require() would make of it does not count.
  const counts = (kind: string | undefined) => kind !== 'node10' && kind !== 'node16-cjs';
  expect(result.problems.filter((problem) => !('resolutionKind' in problem) || counts(problem.resolutionKind))).toEqual([]);
});

it('needs no other package in a browser, and has at most 5.6 MB', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  console.info(`package: ${(packed.size / 1e6).toFixed(2)} of 5.6 MB, ${packed.files.length} files`);
  expect(packed.size).toBeLessThan(5_600_000);
  expect(packed.size).toBeGreaterThan(3_000_000);
});
