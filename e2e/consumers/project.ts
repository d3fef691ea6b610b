/** Sample projects of the library's users: the files of a folder here, plus the package as npm installs it, outside this repository. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { ROOT } from '../support/sites';

/** Packs dist-library with `npm pack`, into a new folder. */
export function pack(): { readonly folder: string; readonly archive: string } {
  const folder = mkdtempSync(join(tmpdir(), 'posecade-'));
  const name = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: join(ROOT, 'dist-library'),
    encoding: 'utf8',
  });
  return { folder, archive: join(folder, name.trim()) };
}

/** Copies a project into a folder beside the archive, and installs the archive. Offline, so that any other dependency is an error. */
export function install(archive: string, name: string): string {
  const root = join(archive, '..', name);
  cpSync(join(ROOT, 'e2e/consumers', name), root, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', archive], { cwd: root });
  return root;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** An origin other than that of the pages. */
export const CDN = 'https://cdn.example/';

/** The origin of the pages. */
export const SITE = 'https://consumer.example/';

/** Opens a folder as a static host serves it, at the root of its own site or at `base` below it ('sub/'). The CDN serves the same files to any page. */
export async function openFolder(page: Page, folder: string, base = ''): Promise<void> {
  for (const origin of [SITE + base, CDN]) {
    await page.context().route(`${origin}**`, (route) => {
      const path = route
        .request()
        .url()
        .slice(origin.length)
        .replace(/(^|\/)$/, '$1index.html');
      const headers = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' };
      return route.fulfill({
        headers: origin === CDN ? { ...headers, 'access-control-allow-origin': '*' } : headers,
        body: readFileSync(join(folder, path)),
      });
    });
  }
  await page.goto(SITE + base);
}
