/** The pages under test: each is built once, by build/, into a folder of its own, and all are served side by side. */
import { execSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * app: the app that ships. fake: the same with a fake engine (src/testing/fake-client.ts), for everything that is not about the network.
 * engine: a page with the engine alone. embed: a third-party page with the library, and the library's example.
 */
export type Site = 'app' | 'fake' | 'engine' | 'embed';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SITES = 'dist-e2e';

/** Not the port of `npm start`, which may be running. POSECADE_PORT names another one. */
export const PORT = Number(process.env.POSECADE_PORT ?? 4719);

export const addressOf = (site: Site): string => `http://localhost:${PORT}/${site}/`;

/** Runs a command of the build in the repository's root; its output is shown, and its failure fails the test. */
export function run(command: string): void {
  execSync(command, { cwd: ROOT, stdio: 'inherit' });
}

/** Runs `make`, unless an earlier run has noted in the folder POSECADE_BUILT that it has: .ci/run's two runs build everything once. */
export function once(what: Site | 'library', make: () => void): void {
  const note = process.env.POSECADE_BUILT && `${process.env.POSECADE_BUILT}/${what}`;
  if (note && existsSync(note)) return;
  make();
  if (note) writeFileSync(note, '');
}

/** vite build with these options, into a site's folder. */
export function build(site: Site, options = ''): void {
  const command = `npx vite build ${options} --outDir ${ROOT}${SITES}/${site} --emptyOutDir --logLevel warn`;
  once(site, () => run(command));
}
