/** The examples of docs/embed.md do what the guide says; those for Node run in tools/library/package.test.ts. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { examplesOf } from '../../tools/library/guide';
import { test as cameraTest } from '../support/camera';
import { ROOT } from '../support/sites';
import { test as base, expect } from '../support/test';
import { open, PHOTO } from './page';

const EXAMPLES = examplesOf(readFileSync(`${ROOT}docs/embed.md`, 'utf8'));

/** Runs an example of the guide, and collects what it logs. */
async function start(page: Page, name: string): Promise<{ readonly logged: string[]; readonly expectQuiet: () => void }> {
  const logged: string[] = [];
  page.on('console', (message) => message.type() === 'log' && logged.push(message.text()));
  const expectQuiet = await open(page, './guide.html');
  await page.evaluate(
    ([name, photo]) => {
      const { runExample } = window as unknown as { runExample: (name: string, photo: string) => Promise<void> };
      void runExample(name, photo);
    },
    [name, PHOTO] as const,
  );
  return { logged, expectQuiet };
}

const LOGS: readonly (readonly [name: string, lines: readonly RegExp[]])[] = [
  ['a-photo', Array(4).fill(/^left wrist at \d+, \d+: \d+% sure$/)],
  ['your-own-frames', [/^0 people after 0 ms$/, /^4 people after 40 ms$/, /^4 people after 80 ms$/]],
  ['several-people', [/^[1-4] of 4 people are sure$/, /^2 people in 2 boxes$/]],
  ['heat-maps', [/^nose: there with [01]\.\d\d, at \d+, \d+$/]],
  ['your-own-worker', [/^4 people$/]],
  ['migrating-from-tensorflow-modelspose-detection', [/^4 poses with 17 keypoints each$/]],
];

for (const [name, lines] of LOGS) {
  base(`the guide's example "${name}" logs the expected lines`, async ({ page }) => {
    const { logged, expectQuiet } = await start(page, name);
    await expect.poll(() => logged).toHaveLength(lines.length);
    lines.forEach((line, i) => {
      expect(logged[i]).toMatch(line);
    });
    expectQuiet();
  });
}

cameraTest("the guide's camera example follows the person in view", async ({ page }) => {
  const { logged, expectQuiet } = await start(page, 'a-camera');
  await expect.poll(() => logged.length).toBeGreaterThan(2);
  for (const line of logged) expect(line).toBe('person 1: 19 joints');
  expectQuiet();
});

cameraTest("the guide's React component counts the people in view", async ({ page }) => {
  const { expectQuiet } = await start(page, 'react');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.locator('output')).toHaveText('1 in view');
  expectQuiet();
});

const PAGES: readonly (readonly [name: string, shown: (page: Page) => Promise<void>])[] = [
  ['custom-elements', (page) => expect(page.getByRole('img', { name: 'Four dancers: 4 people' })).toBeVisible()],
  ['no-bundler-or-a-cdn', (page) => expect(page.locator('output')).toHaveText('4 people')],
];

for (const [name, shown] of PAGES) {
  base(`the guide's page "${name}" shows the expected result`, async ({ page }) => {
    const text = EXAMPLES.find((example) => example.name === name)?.text.replace('./posecade/', './');
    const body = `<!doctype html><link rel="icon" href="data:," />${text}`;
    await page.route('**/written.html', (route) => route.fulfill({ contentType: 'text/html', body }));
    const expectQuiet = await open(page, './written.html');
    await shown(page);
    expectQuiet();
  });
}

base('every example of the guide is run', () => {
  const here = [...LOGS, ...PAGES].map(([name]) => name);
  const elsewhere = ['a-camera', 'react', 'node', 'pose-worker']; // above; in tools/library/package.test.ts; by the page that starts it
  expect(EXAMPLES.map(({ name }) => name).sort()).toEqual([...here, ...elsewhere].sort());
});
