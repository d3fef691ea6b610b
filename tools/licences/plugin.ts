import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const FILE = 'licences.txt';

interface Package {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly license: string;
}

/** Licences whose text some packages leave out. */
const STANDARD_TEXTS: Readonly<Record<string, URL>> = {
  'Apache-2.0': new URL('./Apache-2.0.txt', import.meta.url),
  ISC: new URL('./ISC.txt', import.meta.url),
};

/** The folder of the package that a module or an asset comes from; undefined: it is ours. */
function packageOf(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/'))?.[0];
}

/** A package's heading and the text of its licence. Throws if neither the package nor this folder has the text. */
function notice(folder: string): string {
  const { name, version, license }: Package = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const own = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const standard = STANDARD_TEXTS[license];
  if (!own && !standard) throw new Error(`${name} is part of the build, and its licence (${license}) has no text here`);
  const text = own ? readFileSync(join(folder, own), 'utf8').trim() : `The text of ${license} stands at the end of this file.`;
  return `${name} ${version} (${license})\n${'-'.repeat(72)}\n${text}\n`;
}

/**
 * Writes licences.txt into the build: the licence of every package that any part of it comes from, once each. `page` goes into the build
 * itself, `worker` into its workers, which are built first.
 */
export function licences(): { readonly page: Plugin; readonly worker: () => Plugin[] } {
  const folders = new Set<string>();
  let root = '.';
  const collect: Plugin['generateBundle'] = (_options, bundle) => {
    for (const output of Object.values(bundle)) {
      const paths = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
      for (const path of paths) {
        const folder = packageOf(path.replace(/^\0/, ''));
        if (folder) folders.add(realpathSync(resolve(root, folder))); // an asset's path is relative to the root
      }
    }
  };
  return {
    worker: () => [{ name: 'posecade-licences-worker', apply: 'build', generateBundle: collect }],
    page: {
      name: 'posecade-licences',
      apply: 'build',
      configResolved(config) {
        root = config.root;
      },
      generateBundle(options, bundle, isWrite) {
        collect.call(this, options, bundle, isWrite);
        const notices = [...folders].sort().map(notice);
        const texts = Object.entries(STANDARD_TEXTS).map(
          ([id, url]) => `${id}\n${'-'.repeat(72)}\n${readFileSync(url, 'utf8').trim()}\n`,
        );
        const head = 'posecade contains the following works of others.\n';
        this.emitFile({
          type: 'asset',
          fileName: FILE,
          source: [head, ...notices, ...texts].join('\n\n').replaceAll('\r\n', '\n'),
        });
      },
    },
  };
}
