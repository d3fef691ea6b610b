/** Failures to start have the error codes that docs/embed.md documents. Bad images are in embed.spec.ts. */
import type { Page } from 'playwright/test';
import { test as base, expect } from '../support/test';
import { open } from './page';

const SCRIPT = `
  import { createPoseEstimator } from './posecade.js';
  let backend;
  const options = { onStatus: ({ ready }) => { backend = ready?.backend; } };
  const outcome = await createPoseEstimator(options).then(() => backend, ({ name, code }) => name + ' ' + code);
  document.querySelector('output').textContent = outcome;
`;

/** Opens a page without a bundler that shows the outcome of its start. Returns a check that the console stayed silent. */
async function start(page: Page, script = SCRIPT): Promise<() => void> {
  const body = `<!doctype html><link rel="icon" href="data:," /><output></output><script type="module">${script}</script>`;
  await page.route('**/start.html', (route) => route.fulfill({ contentType: 'text/html', body }));
  return open(page, './start.html');
}

/** Removes a feature that a browser may lack from the engine's worker. */
async function without(page: Page, statement: string): Promise<void> {
  await page.route('**/engine-worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${statement}\n${await response.text()}` });
  });
}

base('starts on WebAssembly where there is neither WebGPU nor SharedArrayBuffer', async ({ page }) => {
  await without(page, 'delete WorkerNavigator.prototype.gpu;');
  const expectQuiet = await start(page);
  await expect(page.locator('output')).toHaveText('wasm');
  expect(await page.evaluate(() => typeof SharedArrayBuffer)).toBe('undefined');
  expectQuiet();
});

base('no-backend: neither WebGPU nor WebAssembly', async ({ page }) => {
  await without(page, 'delete WorkerNavigator.prototype.gpu; delete globalThis.WebAssembly;');
  await start(page);
  await expect(page.locator('output')).toHaveText('EngineError no-backend');
});

for (const missing of ['cascade', 'detector']) {
  base(`weights-unreachable: no folder models/${missing}`, async ({ page }) => {
    await page.route(`**/models/${missing}/*`, (route) => route.fulfill({ status: 404 }));
    await start(page);
    await expect(page.locator('output')).toHaveText('EngineError weights-unreachable');
  });
}

base('worker-crashed: no worker beside the module', async ({ page }) => {
  await page.route('**/engine-worker.js', (route) => route.fulfill({ status: 404 }));
  await start(page);
  await expect(page.locator('output')).toHaveText('EngineError worker-crashed');
});
