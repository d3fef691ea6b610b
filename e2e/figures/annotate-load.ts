import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession } from 'playwright/test';
import { AnnotatePage } from '../support/annotate-page';
import { LONG } from '../support/photo-page';
import { expect, test } from '../support/test';

const COUNT = Number(process.env.IMAGES ?? 1000);
/** Number of different images among them. */
const KINDS = 10;

/** The page's JavaScript heap after garbage collection, megabytes. */
async function heap(session: CDPSession): Promise<string> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return (usedSize / 1e6).toFixed(1);
}

test(`${COUNT} images`, async ({ photo, page }) => {
  const annotate = new AnnotatePage(photo.page);
  await annotate.open();
  const folder = mkdtempSync(join(tmpdir(), 'posecade-load-'));
  const images: Buffer[] = [];
  for (let i = 0; i < KINDS; i += 1) images.push(await photo.jpeg(1600 + 10 * i, 1200));
  images.forEach((_, i) => {
    for (let j = i; j < COUNT; j += KINDS) writeFileSync(join(folder, `${j}.jpg`), images[i] ?? '');
  });
  const session = await page.context().newCDPSession(page);
  const say = (what: string, value: string) => console.log(`${what.padEnd(52)} ${value}`);
  const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
  try {
    say('heap before, MB', await heap(session));
    const dropped = performance.now();
    await annotate.dropPaths(folder);
    await expect(page.getByRole('heading', { name: `${COUNT} image` })).toBeVisible({ timeout: LONG });
    say('from the drop until all are listed', seconds(dropped));
    await expect(page.getByRole('button', { name: /^Person 1/ })).toBeVisible({ timeout: LONG });
    await page.keyboard.press('Shift+x');
    await expect(annotate.current).toContainText('edited', { timeout: LONG });
    say('from the drop until the first edit is made', seconds(dropped));
    await page.keyboard.press('PageDown');
    const stepped = performance.now();
    await page.keyboard.press('End');
    await expect(page.getByRole('application')).toBeVisible();
    say('to another image while drafts are being made', seconds(stepped));
    await annotate.drafted();
    say('from the drop until all are drafted', seconds(dropped));
    await annotate.saved();
    say('from the drop until all are saved', seconds(dropped));
    say('heap with all drafted, MB', await heap(session));
    const walked = performance.now();
    for (let i = 0; i < 50; i += 1) await page.keyboard.press('PageDown');
    await expect(page.getByRole('application')).toBeVisible();
    say('50 images further', seconds(walked));
    say('heap then, MB', await heap(session));
    say('rows in the page', String(await annotate.rows.count()));
    expect(await annotate.rows.count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Close session' }).click();
    await expect(page.getByRole('button', { name: /^Resume session/ })).toBeVisible({ timeout: LONG });
    const returned = performance.now();
    await page.getByRole('button', { name: /^Resume session/ }).click();
    await expect(page.getByRole('application')).toBeVisible({ timeout: LONG });
    say('from "Resume" until the image can be edited', seconds(returned));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
