import { test as base, expect, type Page } from 'playwright/test';
import { addressOf } from '../support/sites';
import type {} from './main';

/** The engine's own page, opened once per worker; any console warning or error fails the test that caused it. */
export const test = base.extend<{ quiet: undefined }, { engine: Page }>({
  engine: [
    async ({ browser }, use) => {
      const page = await browser.newPage();
      await page.goto(addressOf('engine'));
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
  quiet: [
    async ({ engine }, use) => {
      const complaints: string[] = [];
      const onError = (error: Error) => complaints.push(String(error));
      engine.on('pageerror', onError);
      engine.on('console', (message) => {
        if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
      });
      await use(undefined);
      engine.removeAllListeners('console');
      engine.removeListener('pageerror', onError);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
