import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** What goes beside the built modules, and where it comes from. */
const BESIDE = [
  ['public/models', 'models'],
  ['examples/embed', 'example'],
  ['docs/embed.md', 'README.md'],
  ['LICENSE', 'LICENSE'],
] as const;

/** How the build writes the worker's address; and how bundlers know a worker, so that they take it and what it loads along. */
const BUILT = /new URL\(new URL\(`(assets\/worker-[^`]+)`, ?import\.meta\.url\)\.href, ?``\+import\.meta\.url\)/;
const known = (_: string, worker: string) => `new URL("./${worker}",import.meta.url)`;

/** Makes the build a package: weights, licence, guide, example and a package.json. `tsc -p tools/library` adds the types. */
export function library(root: string): Plugin {
  let folder = '';
  return {
    name: 'posecade-library',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    generateBundle(_options, bundle) {
      const entry = bundle['posecade.js'];
      if (entry?.type !== 'chunk' || !BUILT.test(entry.code)) throw new Error('the worker is not where it was in posecade.js');
      entry.code = entry.code.replace(BUILT, known);
    },
    closeBundle() {
      for (const [from, to] of BESIDE) cpSync(join(root, from), join(folder, to), { recursive: true });
      const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      const description = "Finds people's joints in images and video, in the browser, on the user's own GPU";
      const entry = { types: './types/index.d.ts', default: './posecade.js' };
      const about = { name, version, description, license, type: 'module', sideEffects: false, exports: { '.': entry } };
      writeFileSync(join(folder, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
    },
  };
}
