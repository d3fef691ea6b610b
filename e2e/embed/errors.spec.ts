/** What stops the library from starting has the code that docs/embed.md names. Bad images are in embed.spec.ts. */
import type { Page } from 'playwright/test';
import { test as base, expect } from '../support/test';
import { open } from './page';

const SCRIPT = `
  import { createPoseEstimator } from './posecade.js';
  const outcome = await createPoseEstimator().then(() => 'ready', ({ name, code }) => name + ' ' + code);
  document.querySelector('output').textContent = [typeof navigator.gpu, typeof SharedArrayBuffer, outcome].join(', ');
`;

/** How a page without a bundler starts: whether the browser has WebGPU and SharedArrayBuffer, and the outcome. Returns what asks for a silent console. */
async function start(page: Page): Promise<() => void> {
  const body = `<!doctype html><link rel="icon" href="data:," /><output></output><script type="module">${SCRIPT}</script>`;
  await page.route('**/start.html', (route) => route.fulfill({ contentType: 'text/html', body }));
  return open(page, './start.html');
}

base('starts where there is neither WebGPU nor SharedArrayBuffer', async ({ page }) => {
  const expectQuiet = await start(page);
  await expect(page.locator('output')).toHaveText('undefined, undefined, ready');
  expectQuiet();
});

base('no-backend: no WebAssembly either', async ({ page }) => {
  await page.route('**/engine-worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete globalThis.WebAssembly;\n${await response.text()}` });
  });
  await start(page);
  await expect(page.locator('output')).toHaveText('undefined, undefined, EngineError no-backend');
});

for (const missing of ['cascade', 'detector']) {
  base(`weights-unreachable: no folder models/${missing}`, async ({ page }) => {
    await page.route(`**/models/${missing}/*`, (route) => route.fulfill({ status: 404 }));
    await start(page);
    await expect(page.locator('output')).toContainText('EngineError weights-unreachable');
  });
}

base('worker-crashed: no worker beside the module', async ({ page }) => {
  await page.route('**/engine-worker.js', (route) => route.fulfill({ status: 404 }));
  await start(page);
  await expect(page.locator('output')).toContainText('EngineError worker-crashed');
});
