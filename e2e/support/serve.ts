import { mkdirSync } from 'node:fs';
import { preview } from 'vite';
import { PORT, ROOT, SITES } from './sites';

/** Playwright's global set-up: serves whatever build/ puts into the sites' folder. Returns a function that stops the server. */
async function serve(): Promise<() => Promise<void>> {
  mkdirSync(`${ROOT}${SITES}`, { recursive: true });
  const { close } = await preview({
    configFile: false,
    root: ROOT,
    appType: 'mpa', // a missing file is a 404
    build: { outDir: SITES },
    preview: { port: PORT, strictPort: true },
    logLevel: 'warn',
  });
  return close;
}

// biome-ignore lint/style/noDefaultExport: Playwright takes it so
export default serve;
