import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Plugin, preview } from 'vite';
import { AnnotatePage } from '../support/annotate-page';
import { downloaded } from '../support/download';
import { ROOT, SITES } from '../support/sites';
import { expect, test } from '../support/test';

/** Some hosts redirect index.html to its folder. */
const redirecting: Plugin = {
  name: 'redirecting',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      if (!request.url?.endsWith('/index.html')) return next();
      response.writeHead(308, { location: './' }).end();
    });
  },
};

/** Serves a copy of the built page on a port of its own, which the test may stop and change. */
async function serveCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'posecade-'));
  cpSync(`${ROOT}${SITES}/fake`, folder, { recursive: true });
  const { httpServer, close } = await preview({
    configFile: false,
    root: folder,
    build: { outDir: '.' },
    preview: { port: 0 },
    plugins: [redirecting],
    logLevel: 'error',
  });
  const address = httpServer.address();
  if (typeof address !== 'object' || !address) throw new Error('the copy is not served');
  return { folder, close, url: `http://localhost:${address.port}/` };
}

test('the tab of the first visit works offline, and is offered a new version', async ({ photo, page, context }) => {
  const { folder, close, url } = await serveCopy();
  await page.goto(url);
  await photo.ready();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await photo.openSample('Astronaut');
  await photo.expectFound();
  await page.getByRole('link', { name: 'Annotate' }).click();
  const annotate = new AnnotatePage(page);
  await page.getByRole('button', { name: 'Try the sample photos' }).click();
  await annotate.drafted();
  await annotate.saved();
  await page.getByRole('button', { name: 'Export' }).click();
  const { name } = await downloaded(page, () => page.getByRole('dialog').getByRole('button', { name: 'Save' }).click());
  expect(name).toMatch(/\.(json|zip)$/);
  await page.keyboard.press('Escape');

  await context.setOffline(false);
  const worker = join(folder, 'sw.js');
  const source = readFileSync(worker, 'utf8');
  const deploy = async (changed: string) => {
    writeFileSync(worker, changed);
    return page.evaluate(async () => {
      const next = (await (await navigator.serviceWorker.getRegistration())?.update())?.installing;
      const ended = new Set<ServiceWorkerState>(['installed', 'redundant']);
      await new Promise<void>((resolve) => {
        const check = () => (!next || ended.has(next.state)) && resolve();
        next?.addEventListener('statechange', check);
        check();
      });
      return next?.state;
    });
  };
  // The new list, but still a file of the old version, as in the middle of a deployment.
  expect(await deploy(source.replace("VERSION = '", "VERSION = '1").replace('sha256-', 'sha256-AAAA'))).toBe('redundant');
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);
  expect(await deploy(source.replace("VERSION = '", "VERSION = '0"))).toBe('installed');
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await page.getByRole('button', { name: 'Update now' }).click();
  await expect(page.getByRole('button', { name: /^Resume session of \d+ images/ })).toBeVisible();
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);
  await close();
});

test.describe('a part of the page that the server no longer has', () => {
  test.use({ expected: /Failed to load resource|blocked by Playwright|dynamically imported/, serviceWorkers: 'block' });

  test('is reported, and a reload brings it back', async ({ photo, page }) => {
    let served = true;
    await page.route(/assets\/screen-.*\.js/, (route) => (served ? route.continue() : route.fulfill({ status: 404 })));
    await photo.open();
    served = false;
    await page.goto('about:blank');
    await page.goto('./#live');
    await expect(page.getByRole('alert')).toContainText('A part of this page could not be loaded.');
    served = true;
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  });
});
