/** The package as users get it: built and packed, then read as bundlers, TypeScript and Node read it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTRIES, NODE_ENTRY } from './entries';
import { examplesOf } from './guide';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'posecade-'));
let packed: Packed;

beforeAll(() => {
  const outDir = join(folder, 'package');
  const build = (config: string, to: string) =>
    execFileSync('npx', [
      'vite',
      'build',
      '--config',
      `tools/library/${config}`,
      '--logLevel',
      'error',
      '--outDir',
      to,
      '--emptyOutDir',
    ]);
  build('vite.config.ts', outDir);
  build('node.config.ts', join(outDir, 'node'));
  const report = execFileSync('npm', ['pack', outDir, '--json', '--pack-destination', folder], { encoding: 'utf8' });
  [packed] = JSON.parse(report);
  mkdirSync(join(folder, 'node_modules'));
});

/** Installs a package of ours beside the built one. */
const install = (name: string, from = join(process.cwd(), 'node_modules', name)) =>
  symlinkSync(from, join(folder, 'node_modules', name), 'dir');

afterAll(() => rmSync(folder, { recursive: true }));

it('contains what its package.json names, in forms that bundlers and Node accept', async () => {
  const { messages } = await publint({ pkgDir: join(folder, 'package'), strict: true });
  expect(messages).toEqual([]);
});

it('has types for every entry that resolve for ES modules, in Node and with bundlers', async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(join(folder, packed.filename))));
  if (!result.types) throw new Error('the package has no types');
  expect(Object.keys(result.entrypoints)).toEqual(expect.arrayContaining([...ENTRIES, NODE_ENTRY].map(({ path }) => path)));
  // The package is for ES modules only; how require() would resolve it does not count.
  const counts = (kind: string | undefined) => kind !== 'node10' && kind !== 'node16-cjs';
  expect(result.problems.filter((problem) => !('resolutionKind' in problem) || counts(problem.resolutionKind))).toEqual([]);
});

describe('its types compile under the strictest settings', () => {
  /** A module of each kind of project, with the libraries of types that such a project has. */
  const PROJECTS = [
    { name: 'page', lib: ['ES2022', 'DOM'], from: ['posecade', 'posecade/element', 'posecade/react', 'posecade/worker'] },
    { name: 'worker', lib: ['ES2022', 'WebWorker'], from: ['posecade/worker'] },
    { name: 'node', lib: ['ES2022'], from: ['posecade/node'] },
  ];
  beforeAll(() => {
    install('posecade', join(folder, 'package'));
    install('@types');
  });

  it.each(PROJECTS.flatMap((project) => ['bundler', 'node16'].map((resolution) => ({ ...project, resolution }))))(
    '$name, $resolution',
    ({ name, lib, from, resolution }) => {
      const root = mkdtempSync(join(folder, `${name}-`));
      writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
      writeFileSync(join(root, 'main.ts'), from.map((entry, i) => `export * as entry${i} from '${entry}';`).join('\n'));
      const compilerOptions = {
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        target: 'ES2022',
        lib,
        types: from.includes('posecade/node') ? ['node'] : [],
        module: resolution === 'bundler' ? 'ESNext' : 'Node16',
        moduleResolution: resolution,
        noEmit: true,
      };
      writeFileSync(join(root, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
      const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', root], { encoding: 'utf8' });
      expect(stdout).toBe('');
    },
  );
});

it('has no dependencies, and at most 5.6 MB', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
  console.info(`package: ${(packed.size / 1e6).toFixed(2)} of 5.6 MB, ${packed.files.length} files`);
  expect(packed.size).toBeLessThan(5_600_000);
  expect(packed.size).toBeGreaterThan(3_000_000);
});

describe('in Node', () => {
  /** Runs a script of the package with only sharp installed. */
  const run = (script: string, ...given: string[]) =>
    spawnSync(process.execPath, [join(folder, 'package', script), ...given], { cwd: folder, encoding: 'utf8' });
  beforeAll(() => {
    install('sharp');
    copyFileSync('public/samples/dancers.jpg', join(folder, 'photo.jpg'));
  });

  /** Runs the command, as npx does. */
  const posecade = (...given: string[]) => run('node/command.js', ...given);

  it("the guide's example finds the four dancers", () => {
    const example = examplesOf(readFileSync('docs/embed.md', 'utf8')).find(({ name }) => name === 'node');
    writeFileSync(join(folder, 'package/example.js'), example?.text ?? '');
    const { stdout, stderr } = run('example.js');
    expect([stdout, stderr]).toEqual(['4 people\n', '']);
  });

  it('the command finds the four dancers, writes COCO, and skips and reports a broken file', () => {
    const images = join(folder, 'images');
    mkdirSync(images);
    copyFileSync('public/samples/dancers.jpg', join(images, 'dancers.jpg'));
    writeFileSync(join(images, 'broken.jpg'), 'a text');
    const { stdout, stderr, status } = posecade(images, '--json', '--coco', join(folder, 'out.json'), '--progress');
    const { people, width, height, backend } = JSON.parse(stdout);
    expect([width, height, backend]).toEqual([1260, 520, 'wasm']);
    expect(people.map((one: { joints: { x: number }[] }) => Math.floor((one.joints[0]?.x ?? 0) / 315)).sort()).toEqual([
      0, 1, 2, 3,
    ]);
    expect(stderr).toContain('broken.jpg');
    expect(stderr).toContain('2 of 2');
    expect(status).toBe(1);
    const coco = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
    expect(coco.annotations).toHaveLength(4);
    expect(coco.annotations[0].keypoints).toHaveLength(51);
    expect(coco.categories[0].keypoints[0]).toBe('nose');
  });

  it('the command says that it has found no images', () => {
    mkdirSync(join(folder, 'empty'));
    const { stdout, stderr, status } = posecade('empty', '--json', '--progress');
    expect([stdout, stderr, status]).toEqual(['', 'No images found in empty.\n', 1]);
  });

  it('before it begins, the command reports an output file that cannot be written', () => {
    const { stdout, stderr, status } = posecade('photo.jpg', '--json', '--coco', join(folder, 'nowhere/out.json'));
    expect([stdout, status]).toEqual(['', 1]);
    expect(stderr).toContain('nowhere');
  });

  it('leaves uncaught errors to the handlers of the process, and its globals to other copies of TensorFlow.js', () => {
    const script = `
      import { createPoseEstimator } from 'posecade/node';
      const said = [];
      process.on('uncaughtException', ({ message }) => said.push(message));
      process.on('unhandledRejection', ({ message }) => said.push(message));
      await createPoseEstimator({ backend: 'wasm' });
      setTimeout(() => { throw new Error('thrown'); });
      Promise.reject(new Error('rejected'));
      process.on('exit', () => console.log(said.sort().join(), '_tfengine' in globalThis));`;
    writeFileSync(join(folder, 'package/errors.js'), script);
    const { stdout, stderr, status } = run('errors.js');
    expect([stdout, stderr, status]).toEqual(['rejected,thrown false\n', '', 0]);
  });

  it('the command stops without a complaint when nobody reads its output', () => {
    const images = join(folder, 'several');
    mkdirSync(images);
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) copyFileSync('public/samples/dancers.jpg', join(images, name));
    const command = `"${process.execPath}" package/node/command.js several --json --progress | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toMatch(/^\{.*a\.jpg.*\}\n$/);
    expect(stderr).toMatch(/^wasm .*\n1 of 3\n(2 of 3\n)?(3 of 3\n)?$/);
  });

  it('the command refuses wrong arguments by name, with exit code 2', () => {
    for (const call of [['--jsno'], ['photo.jpg', '--json', '--backend', 'webgl']]) {
      const { stderr, status } = posecade(...call);
      expect(stderr).toContain(call.at(-1));
      expect(status).toBe(2);
    }
  });

  it('the command says what WebGPU lacks if it is requested', () => {
    const { stdout, stderr, status } = posecade('photo.jpg', '--json', '--backend', 'webgpu');
    expect([stdout, stderr, status]).toEqual(['', 'no-backend: the package webgpu is not installed\n', 1]);
  });
});
