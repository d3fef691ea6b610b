/** The app as it ships loads nothing from another origin, and its own policy would block it. */
import { readFileSync } from 'node:fs';
import { AnnotatePage } from '../support/annotate-page';
import { given, sample } from '../support/files';
import { ROOT, SITES } from '../support/sites';
import { expect, test } from '../support/test';

test('no screen requests anything from another origin, or violates the policy', async ({ photo, page, context, baseURL }) => {
  const elsewhere: string[] = [];
  const own = new URL(baseURL ?? '').origin;
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const local = protocol === 'blob:' || protocol === 'data:'; // made on the page
    if (!local && origin !== own) elsewhere.push(request.url());
  });
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`${violatedDirective} refused ${blockedURI}`),
    ),
  );
  await page.goto('./');
  await photo.ready();
  await photo.openSample('Astronaut');
  await photo.expectFound();
  await page.getByRole('link', { name: 'Live', exact: true }).click();
  await expect(page.getByRole('button', { name: /camera/i }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Annotate', exact: true }).click();
  const annotate = new AnnotatePage(page);
  await annotate.drop(given('dancers.jpg', 'image/jpeg', sample('dancers.jpg')));
  await expect(annotate.row('dancers.jpg')).toBeVisible();
  await annotate.drafted();
  expect(elsewhere).toEqual([]);
});

test('the policy names no other origin, and allows no inline script or style', () => {
  const page = readFileSync(`${ROOT}${SITES}/app/index.html`, 'utf8').replaceAll('&#39;', "'");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("'wasm-unsafe-eval'");
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)| style=/);
});

test('the browser enforces the policy: an inline style is blocked', { tag: '@journey' }, async ({ page }) => {
  const refused: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refused.push(message.text()));
  await page.goto('./');
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = '#root { color: red }';
    document.head.append(style);
  });
  await expect.poll(() => refused.join(' ')).toContain('Content Security Policy');
});
