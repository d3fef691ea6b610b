/** The examples of README.md and docs/embed.md compile against the package's own types: what they call exists under that name. e2e/embed runs the guide's. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { examplesOf } from './guide';

/** Declarations that the examples assume. */
const GIVEN = `
declare const image: HTMLImageElement;
declare const video: HTMLVideoElement;
declare const canvas: HTMLCanvasElement;
declare const context: CanvasRenderingContext2D;
declare const file: File;
declare const estimator: import('posecade').PoseEstimator;
`;

const folder = mkdtempSync('dist-examples-');
afterAll(() => rmSync(folder, { recursive: true }));

/** The script of a page, or the whole of an example in JavaScript. */
const scriptOf = (text: string) => /<script type="module">(.*?)<\/script>/s.exec(text)?.[1] ?? (text.startsWith('<') ? '' : text);

it('the examples of the README and the guide compile', () => {
  const examples = ['README.md', 'docs/embed.md'].flatMap((file) => examplesOf(readFileSync(file, 'utf8')));
  expect(examples.length).toBeGreaterThanOrEqual(13);
  const files = examples.map(({ name, text }) => {
    const script = scriptOf(text)
      .replaceAll('./posecade/posecade.js', 'posecade')
      .replaceAll('useRef(', 'useRef<HTMLVideoElement>(');
    const given = GIVEN.split('\n').filter((line) => {
      const name = /^declare const (\w+)/.exec(line)?.[1];
      return !new RegExp(`const ${name}\\b`).test(script);
    });
    writeFileSync(join(folder, `${name}.tsx`), `${script}\n${given.join('\n')}\nexport {};\n`);
    return `${name}.tsx`;
  });
  const paths = { posecade: ['../src/index.ts'], 'posecade/*': ['../src/*.ts', '../src/*/index.ts'] };
  const compilerOptions = {
    incremental: false,
    jsx: 'react-jsx',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['vite/client', 'node'],
    paths,
  };
  // They are JavaScript: checking for null is left to the reader.
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
