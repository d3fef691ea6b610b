/** The examples of docs/embed.md compile against the package's own types: what they call is there, under that name. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

/** What the examples take for granted. */
const GIVEN = `
declare const video: HTMLVideoElement;
declare const context: CanvasRenderingContext2D;
declare const estimator: import('posecade').PoseEstimator;
declare const drawPose: typeof import('posecade').drawPose;
`;

/** Every example: its language, and its script. */
const examples = [...readFileSync('docs/embed.md', 'utf8').matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, language, text]) => {
  if (language === 'html')
    return [...(text ?? '').matchAll(/<script type="module">(.*?)<\/script>/gs)].map(([, script]) => script ?? '');
  return language === 'js' || language === 'jsx' ? [text ?? ''] : [];
});

const folder = mkdtempSync('dist-examples-');
afterAll(() => rmSync(folder, { recursive: true }));

it('compile', { timeout: 120_000 }, () => {
  expect(examples.length).toBeGreaterThanOrEqual(5);
  mkdirSync(folder, { recursive: true });
  const files = examples.map((example, i) => {
    const given = GIVEN.split('\n').filter((line) => {
      const name = /^declare const (\w+)/.exec(line)?.[1];
      return !new RegExp(`(const |import .*)\\b${name}\\b`).test(example);
    });
    const react = /\buseRef\(/.test(example) ? "import { useRef as ref } from 'react';\n" : '';
    const script = example.replaceAll('./posecade/posecade.js', 'posecade').replaceAll('useRef(', 'ref<HTMLVideoElement>(');
    const name = `example-${i}.tsx`;
    writeFileSync(join(folder, name), `${react}${script}\n${given.join('\n')}\nexport {};\n`);
    return name;
  });
  const paths = { posecade: ['../src/index.ts'], 'posecade/*': ['../src/*.ts', '../src/*/index.ts'] };
  const compilerOptions = {
    incremental: false,
    jsx: 'react-jsx',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['vite/client', 'node'],
    paths,
  };
  // They are JavaScript: what may be null is the reader's to see.
  const loose = {
    strict: false,
    exactOptionalPropertyTypes: false,
    noUncheckedIndexedAccess: false,
    noUnusedLocals: false,
    noImplicitReturns: false,
  };
  const config = { extends: '../tsconfig.base.json', compilerOptions: { ...compilerOptions, ...loose }, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
});
