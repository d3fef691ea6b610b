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

/** Writes sw.js into the build: the service worker with all built files and their hashes, and a version that changes with any of them. */
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
      const sha256 = (data: string | Buffer) => createHash('sha256').update(data);
      const files = filesBelow(root)
        .filter((file) => file !== 'sw.js' && !file.endsWith('.md'))
        .map((file) => [file, `sha256-${sha256(readFileSync(join(root, file))).digest('base64')}`]);
      const list = JSON.stringify(files);
      const head = `const VERSION = '${sha256(list).digest('hex').slice(0, 16)}';\nconst FILES = ${list};\n`;
      writeFileSync(join(root, 'sw.js'), head + readFileSync(source, 'utf8'));
    },
  };
}
