/** The pages under test: each is built once, by build/, into a folder of its own, and all are served side by side. */
import { execSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * app: the app that ships. fake: the same with a fake engine (src/testing/fake-client.ts), for everything that is not about the network.
 * engine: a page with the engine alone. embed: a third-party page with the library, and the library's example.
 */
export type Site = 'app' | 'fake' | 'engine' | 'embed';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SITES = 'dist-e2e';

/** With a different POSECADE_PORT, two runs can work side by side. */
export const PORT = Number(process.env.POSECADE_PORT ?? 4173);

export const addressOf = (site: Site): string => `http://localhost:${PORT}/${site}/`;

/** Runs a command of the build in the repository's root; its output is shown, and its failure fails the test. */
export function run(command: string): void {
  execSync(command, { cwd: ROOT, stdio: 'inherit' });
}

/** vite build with these options, into a site's folder. */
export function build(site: Site, options = ''): void {
  run(`npx vite build ${options} --outDir ${ROOT}${SITES}/${site} --emptyOutDir --logLevel warn`);
}
