import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { ENTRIES, NODE_ENTRY, WORKER_FILE } from './entries.ts';
import { manifest, typesOf } from './manifest.ts';
import { writeTypes } from './types.ts';

/** What is copied beside the built modules: source and destination. */
const BESIDE = [
  ['public/models', 'models'],
  ['examples/embed', 'example'],
  ['docs/embed.md', 'README.md'],
  ['docs/api', 'api'],
  ['LICENSE', 'LICENSE'],
] as const;

/** How the build writes the worker's address, and the form by which bundlers recognise a worker and include it with what it loads. */
const BUILT = new RegExp(
  `new URL\\(new URL\\(\`${WORKER_FILE}\`, ?import\\.meta\\.url\\)\\.href, ?\`\`\\+import\\.meta\\.url\\)`,
);
const KNOWN = `new URL("./${WORKER_FILE}",import.meta.url)`;

/** Turns the build into a package: types, weights, licence, guide, example and a package.json. */
export function library(root: string): Plugin {
  let folder = '';
  return {
    name: 'posecade-library',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' && BUILT.test(file.code) ? [file] : []));
      if (chunks.length !== 1) throw new Error(`${chunks.length} modules start the engine's worker as they did`);
      for (const chunk of chunks) chunk.code = chunk.code.replace(BUILT, KNOWN);
    },
    writeBundle() {
      for (const [from, to] of BESIDE) cpSync(join(root, from), join(folder, to), { recursive: true });
      const origin = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(origin), null, 2)}\n`);
      writeTypes(root, folder, [...ENTRIES, NODE_ENTRY].map(typesOf));
    },
  };
}
