/** Size budgets of the app and the library, gzipped. A change that exceeds a budget makes something lazy, or justifies the new number. */
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CASCADE_FOLDER } from '../../src/engine/models';
import { buildFiles, bytesOf, firstPageBytes, moduleBytes, type Output } from './measure';

let app: Output;
let library: Output;

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production'); // otherwise React's development build is measured
  app = await buildFiles();
  library = await buildFiles('tools/library/vite.config.ts');
});
afterAll(() => vi.unstubAllEnvs());

/** Expects at most `budget` bytes, and more than 45% of it: with fewer, something was not counted. */
function expectWithin(what: string, bytes: number, budget: number): void {
  console.info(`${what}: ${(bytes / 1000).toFixed(1)} of ${budget / 1000} kB`);
  expect(bytes).toBeGreaterThan(0.45 * budget);
  expect(bytes).toBeLessThanOrEqual(budget);
}

it('the first page loads at most 110 kB of JavaScript, besides the worker', () => {
  expectWithin('first page', firstPageBytes(app, 'src/ui/photo/screen.tsx'), 110_000);
});

it('the worker has at most 100 kB of JavaScript', () => {
  expectWithin('worker', bytesOf(app, /^assets\/(worker|tensorflow|rolldown-runtime)-.*\.js$/), 100_000);
});

it("no chunk imports a worker's entry: WebKit would evaluate it twice, and answer every request twice", () => {
  for (const built of [app, library]) {
    const code = built.map((file) => [file.fileName, String(file.type === 'chunk' ? file.code : file.source)] as const);
    const scripts = code.filter(([name]) => name.endsWith('.js'));
    const imports = (text: string) =>
      text.matchAll(/(?:from|import)\s*\(?\s*["'`]\.\/(?:assets\/)?((?:label-)?worker-[^"'`]+|engine-worker\.js)["'`]/g);
    expect(scripts.filter(([name]) => /(assets\/worker-|engine-worker\.js)/.test(name))).toHaveLength(1);
    expect(scripts.flatMap(([name, text]) => [...imports(text)].map(([, entry]) => `${name} imports ${entry}`))).toEqual([]);
  }
});

it('a browser without WebGPU loads at most 185 kB more', () => {
  expectWithin('WebAssembly', bytesOf(app, /^assets\/wasm-.*\.js$|^assets\/tfjs-backend-wasm-simd-.*\.wasm$/), 185_000);
});

it("the cascade's weights have at most 4 MB, uncompressed", () => {
  const folder = `public/${CASCADE_FOLDER}`;
  const { weights } = JSON.parse(readFileSync(`${folder}contract.json`, 'utf8'));
  expectWithin('weights', statSync(folder + weights.file).size, 4_000_000);
});

it('the library adds at most 17 kB of JavaScript to a page, besides the worker', () => {
  expectWithin('library', moduleBytes(library, 'posecade.js'), 17_000);
});
