import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Imports of other declarations: Node's rules for modules require their extensions. */
const RELATIVE = /(\bfrom |\bimport\()(['"])(\.{1,2}\/[^'"]+)\2/g;

/** Writes the declarations of the library below a folder. Throws if the sources do not compile. */
export function writeTypes(root: string, folder: string): void {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tools/library', '--outDir', folder], {
    cwd: root,
    stdio: 'inherit',
  });
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    writeFileSync(path, readFileSync(path, 'utf8').replace(RELATIVE, '$1$2$3.js$2'));
  }
}
