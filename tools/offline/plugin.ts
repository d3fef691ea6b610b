import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';

/** All files below a folder, as addresses relative to it. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((entry) => join(folder, entry));
  return entries
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path).split(sep).join('/'))
    .sort();
}

/** Writes sw.js into the build: the service worker with the list of all built files, and a version that changes with any of them. */
export function offline(): Plugin {
  let folder: string | undefined; // set only if the build is written
  let source = '';
  return {
    name: 'posecade-offline',
    apply: 'build',
    configResolved(config) {
      folder = config.build.write ? resolve(config.root, config.build.outDir) : undefined;
      source = resolve(config.root, 'tools/offline/service-worker.js');
    },
    closeBundle() {
      if (!folder) return;
      const root = folder;
      const files = filesBelow(root).filter((file) => file !== 'sw.js' && !file.endsWith('.md'));
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
      const head = `const VERSION = '${hash.digest('hex').slice(0, 16)}';\nconst FILES = ${JSON.stringify(files)};\n`;
      writeFileSync(join(root, 'sw.js'), head + readFileSync(source, 'utf8'));
    },
  };
}
