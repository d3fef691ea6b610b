import type { Page } from 'playwright/test';

/** Waits until the page has drawn what has changed so far. */
export const drawing = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
