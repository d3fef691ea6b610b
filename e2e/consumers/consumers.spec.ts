/** The package as the only dependency of sample projects: each finds the golden joints, and the console stays empty. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import type { Page } from 'playwright/test';
import { build, createServer } from 'vite';
import webpack from 'webpack';
import { largestDifference, readGolden } from '../../tools/golden';
import { findSwiftShader, vulkan } from '../support/chromium';
import { ROOT } from '../support/sites';
import { expect, test } from '../support/test';
import { CDN, install, openFolder, pack, SITE } from './project';

const golden = readGolden('src/model/cascade/golden');
const { shape, numbers } = golden('pixels');
const SIDE = shape[1];
const PIXELS = Uint8Array.from(numbers.subarray(0, SIDE * SIDE * 3));
/** The box whose crop, larger than itself, is the whole image. */
const LENGTH = SIDE / 1.0625;
const BOX = { x: (SIDE - LENGTH) / 2, y: (SIDE - LENGTH) / 2, width: LENGTH, height: LENGTH };

interface Found {
  readonly pose: readonly { readonly x: number; readonly y: number; readonly score: number }[];
}

let packed: ReturnType<typeof pack>;

test.beforeAll(() => {
  packed = pack();
});

test.afterAll(() => rmSync(packed.folder, { recursive: true }));

/** Writes the first golden image and the person's box into a folder of a site. */
function addImage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'person.png'), encode({ width: SIDE, height: SIDE, channels: 3, data: PIXELS }));
  writeFileSync(join(folder, 'boxes.json'), JSON.stringify([BOX]));
}

/** The network is unsure of joints that score less. */
const SURE = 0.5;

const jointsOf = (people: readonly Found[], least = 0) =>
  people.flatMap(({ pose }) => pose.flatMap(({ x, y, score }) => (score < least ? [] : [x, y])));

function expectGolden(people: readonly Found[]): void {
  expect(people).toHaveLength(1);
  const joints = jointsOf(people);
  expect(joints).toHaveLength(2 * 19);
  expect(largestDifference(joints, golden('fine').numbers.subarray(0, joints.length))).toBeLessThan(0.05); // pixels
}

/** Collects the files of a build that a page requests: scripts, WebAssembly and weights. */
function buildFilesAsked(page: Page): readonly string[] {
  const asked: string[] = [];
  page.on('request', (request) => /\.(js|wasm|bin)$/.test(request.url()) && asked.push(request.url()));
  return asked;
}

/** Opens a page and checks what it found. Ignores the connection messages that Vite's development server logs. */
async function expectGoldenIn(page: Page, open: () => Promise<unknown>): Promise<void> {
  const said: string[] = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => said.push(message.text()));
  const complaints = () => said.filter((text) => !text.startsWith('[vite] connect'));
  const output = page.locator('output');
  await open();
  await expect.poll(async () => complaints().length > 0 || (await output.innerText()) !== '').toBe(true);
  expect(complaints()).toEqual([]);
  expectGolden(JSON.parse(await output.innerText()));
}

test.describe('Vite', () => {
  let root: string;

  test.beforeAll(() => {
    root = install(packed.archive, 'vite');
    addImage(join(root, 'public'));
  });

  test('builds a site that uses it', async ({ page }) => {
    await build({ root, logLevel: 'warn' });
    await expectGoldenIn(page, () => openFolder(page, join(root, 'dist')));
  });

  test('builds a site that loads its scripts, worker and weights from a CDN', async ({ page }) => {
    const outDir = join(root, 'dist-cdn');
    await build({ root, base: CDN, build: { outDir }, logLevel: 'warn' });
    const asked = buildFilesAsked(page);
    await expectGoldenIn(page, () => openFolder(page, outDir));
    expect(asked.join(' ')).toMatch(/worker.*weights/s);
    expect(asked.filter((url) => !url.startsWith(CDN))).toEqual([]);
  });

  test('builds a site for a subfolder of its host', async ({ page }) => {
    const outDir = join(root, 'dist-sub');
    await build({ root, base: '/sub/', build: { outDir, assetsDir: 'static' }, logLevel: 'warn' });
    const asked = buildFilesAsked(page);
    await expectGoldenIn(page, () => openFolder(page, outDir, 'sub/'));
    expect(asked.join(' ')).toMatch(/worker.*weights/s);
    expect(asked.filter((url) => !url.startsWith(`${SITE}sub/static/`))).toEqual([]);
  });

  test('serves it in a subfolder from the development server', async ({ page }) => {
    const server = await createServer({ root, base: '/sub/', logLevel: 'warn', server: { port: 0 } });
    try {
      await server.listen();
      await expectGoldenIn(page, () => page.goto(server.resolvedUrls?.local[0] ?? ''));
    } finally {
      await server.close();
    }
  });
});

test.describe('webpack', () => {
  let root: string;

  test.beforeAll(() => {
    root = install(packed.archive, 'webpack');
  });

  /** from: where the browser must find what is written into the site's `folder`. The page itself is at the site's root. */
  const SITES = [
    { site: 'that uses it', folder: '', publicPath: 'auto', from: SITE },
    { site: 'whose build is in another folder', folder: 'static', publicPath: '/static/', from: `${SITE}static/` },
    { site: 'whose build is on a CDN', folder: '', publicPath: CDN, from: CDN },
  ];

  for (const { site, folder, publicPath, from } of SITES) {
    test(`builds a site ${site}`, async ({ page }) => {
      const served = mkdtempSync(join(root, 'site-'));
      const output = { path: join(served, folder), publicPath, assetModuleFilename: 'assets/[hash][ext]' };
      const performance = { hints: 'error', maxAssetSize: 4e6 } as const;
      await new Promise<void>((resolve, reject) => {
        webpack({ context: root, output, mode: 'production', performance }, (error, stats) => {
          if (error) reject(error);
          else if (stats?.hasErrors()) reject(new Error(stats.toString('errors-only')));
          else resolve();
        });
      });
      addImage(served);
      const html = readFileSync(join(root, 'index.html'), 'utf8').replace('./main.js', `${from}main.js`);
      writeFileSync(join(served, 'index.html'), html);
      const asked = buildFilesAsked(page);
      await expectGoldenIn(page, () => openFolder(page, served));
      expect(asked.filter((url) => url.endsWith('.bin'))).toHaveLength(2);
      expect(asked.filter((url) => !url.startsWith(from))).toEqual([]);
    });
  }
});

test('a page without a bundler imports it by name, through an import map', async ({ page }) => {
  const root = install(packed.archive, 'plain');
  addImage(root);
  const address = './node_modules/posecade/posecade.js';
  const map = `<script type="importmap">{ "imports": { "posecade": "${address}" } }</script>`;
  const html = readFileSync(join(root, 'index.html'), 'utf8').replace(address, 'posecade').replace('<head>', `<head>${map}`);
  writeFileSync(join(root, 'index.html'), html);
  await expectGoldenIn(page, () => openFolder(page, root));
});

test.describe('Node', () => {
  let root: string;
  const run = (script: string, env: Readonly<Record<string, string>> = {}, ...given: string[]) =>
    spawnSync(process.execPath, [script, ...given], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });

  test.beforeAll(() => {
    root = install(packed.archive, 'node');
    addImage(root);
    writeFileSync(join(root, 'person.rgb'), PIXELS);
  });

  /** Parses what main.js printed. */
  const foundIn = (stdout: string): Record<'inBox' | 'everybody', { people: Found[]; backend: string }> => JSON.parse(stdout);
  const FAILURES = ['weights-unreachable no-backend', 'stopped 0', 'AbortError', 'EngineError worker-crashed'];

  test('runs it on WebAssembly, and failures have their error codes', () => {
    const { stdout, stderr } = run('main.js');
    expect(stderr).toBe('');
    const { inBox, everybody } = foundIn(stdout);
    expectGolden(inBox.people);
    expect(everybody.people).toHaveLength(1);
    expect(inBox.backend).toBe('wasm');
    expect(run('failures.js').stdout.trim().split('\n')).toEqual(FAILURES);
  });

  test('runs it on WebGPU with the package webgpu, and the process exits by itself', () => {
    const driver = findSwiftShader();
    const reason = 'no SwiftShader for Vulkan beside Chromium';
    if (!driver) console.info(`skipped: ${reason}`);
    test.skip(!driver, reason);
    symlinkSync(join(ROOT, 'node_modules/webgpu'), join(root, 'node_modules/webgpu'), 'dir');
    const { stdout, status } = run('main.js', vulkan(driver), 'webgpu');
    const { inBox, everybody } = foundIn(stdout);
    expect([inBox.backend, status]).toEqual(['webgpu', 0]);
    expectGolden(inBox.people);
    const onProcessor = foundIn(run('main.js', vulkan(driver), 'auto').stdout); // SwiftShader does not count as a GPU
    expect(onProcessor.inBox.backend).toBe('wasm');
    // Pixels: the device resamples crops differently. A joint that the network is unsure of may be at either of two maxima.
    const expected = jointsOf(onProcessor.everybody.people, SURE);
    expect(largestDifference(jointsOf(everybody.people, SURE), expected)).toBeLessThan(0.5);
    expect(run('failures.js', vulkan('none.json')).stdout.trim().split('\n')).toEqual(FAILURES);
  });
});
