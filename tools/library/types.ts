import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Imports of other declarations: Node's rules for modules require their extensions. */
const RELATIVE = /(\bfrom |\bimport\()(['"])(\.{1,2}\/[^'"]+)\2/g;

const FOLDER = 'types';

/** Writes the declarations that the entries' need into a package. entries: their files, relative to it. Throws if the sources do not compile. */
export function writeTypes(root: string, folder: string, entries: readonly string[]): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tools/library', '--outDir', join(folder, FOLDER)], {
    cwd: root,
    stdio: 'inherit',
  });
  const needed = new Set(entries);
  for (const name of needed) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    for (const [, , , imported] of text.matchAll(RELATIVE)) needed.add(join(dirname(name), `${imported}.d.ts`));
    writeFileSync(path, text.replace(RELATIVE, '$1$2$3.js$2'));
  }
  // The others are internal, and some need the types of packages that this one does not install.
  for (const name of readdirSync(join(folder, FOLDER), { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, FOLDER, name);
    if (!needed.has(join(FOLDER, name)) && statSync(path).isFile()) rmSync(path);
  }
}
