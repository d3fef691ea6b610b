import { readdirSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { offences } from './check';
import { importsOf } from './imports';
import { ROOMS } from './rooms';

const FOLDERS = ['src', 'cli', 'bench', 'tools', 'e2e'];

/** All sources but tests, which may import what they test and their helpers: path -> text. */
function readSources(): Map<string, string> {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.split(sep).join('/')}`),
  );
  const sources = [...paths, 'vite.config.ts'].filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));
  return new Map(sources.map((path) => [path, readFileSync(path, 'utf8')]));
}

describe('the sources', () => {
  const sources = readSources();

  it('import only what the row of their room allows', () => {
    expect(sources.size).toBeGreaterThan(200);
    expect(offences(sources, ROOMS)).toEqual([]);
  });

  it('fill every room', () => {
    const empty = Object.keys(ROOMS).filter((room) => ![...sources.keys()].some((path) => path.startsWith(room)));
    expect(empty.filter((room) => !['src/ui/styles'].includes(room))).toEqual([]);
  });
});

describe('the check', () => {
  const check = (file: string, source: string) => offences(new Map([[file, source]]), ROOMS);

  it.each([
    ['src/ui/live/x.tsx', "import { follow } from '../../embed/follow';", 'src/embed'],
    ['src/annotate/x.ts', "import '../main';", 'src/main'],
    ['src/pose/x.ts', "import { createReview } from './../app/photo/review';", 'src/app/photo'],
    ['src/pose/x.ts', "import type { Contract } from '../../src/model/cascade/contract';", 'src/model'],
    ['src/app/live/x.ts', "export { people } from '../photo/people';", 'src/app/photo'],
    ['src/app/live/x.ts', "export * from '../photo/people';", 'src/app/photo'],
    ['src/ui/photo/x.tsx', 'const later = await import(`../annotate/Editor`);', 'src/ui/annotate'],
    ['src/ui/photo/x.tsx', "type Saved = import('../../database/session-database').SessionDatabase;", 'src/database'],
    ['src/app/photo/x.ts', "new Worker(new URL('../../engine/worker.ts', import.meta.url));", 'src/engine/worker'],
    ['src/app/photo/x.ts', "import Made from '../../engine/worker?worker';", 'src/engine/worker'],
    ['src/engine/client.ts', "import { Runtime } from './worker/runtime';", 'src/engine/worker'],
    ['src/draw/x.ts', "const all = import.meta.glob('../source/*.ts');", 'src/source'],
    ['src/embed/x.ts', "import { Cascade } from '/src/model/cascade/cascade';", 'src/model'],
    ['cli/x.ts', "import { readZip } from '../src/source/zip';", 'src/source'],
    ['src/testing/x.ts', "import { createAppStore } from '../app/shell/store';", 'src/app/shell'],
  ])('refuses in %s: %s', (file, source, room) => {
    expect(check(file, `// a comment\n${source}`)).toEqual([expect.stringContaining(`${file}:2`)]);
    expect(check(file, source)).toEqual([expect.stringContaining(room)]);
  });

  it.each([
    ['src/model/x.ts', "import { useState } from 'react';"],
    ['src/pose/x.ts', "import { readFileSync } from 'node:fs';"],
    ['src/app/live/x.ts', "import { createRoot } from 'react-dom/client';"],
    ['src/async/x.ts', "import sharp from '@img/sharp';"],
  ])('refuses a package in %s: %s', (file, source) => {
    expect(check(file, source)).toEqual([expect.stringContaining('does not allow this package')]);
  });

  it.each([
    ['src/model/x.ts', "import { softmax } from '@tensorflow/tfjs-core/dist/ops/softmax';"],
    ['src/engine/client.ts', "new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });"],
    ['src/main.tsx', "import './ui/styles/index.css';\nimport { createRoot } from 'react-dom/client';"],
    ['src/pose/x.ts', "// import '../main'\nconst text = \"import '../main'\";"],
  ])('allows in %s: %s', (file, source) => {
    expect(check(file, source)).toEqual([]);
  });

  it('refuses a file that is in no room, and a computed address', () => {
    expect(check('src/attic/x.ts', '')).toEqual(['src/attic/x.ts is in no room']);
    expect(() => importsOf('src/pose/x.ts', 'await import(address);')).toThrow('src/pose/x.ts:1');
  });
});
