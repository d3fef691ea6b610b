import { expect, type Page } from 'playwright/test';
import { sample } from '../support/files';
import type { Calls } from './consumer';

/** Address of the photo of four dancers, on every page. */
export const PHOTO = 'photo.jpg';

/** Opens a page of the site, which also serves the photo. Returns a check that there was no page error, console error or warning. */
export async function open(page: Page, path: string): Promise<() => void> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  await page.route(`**/${PHOTO}`, (route) => route.fulfill({ contentType: 'image/jpeg', body: sample('dancers.jpg') }));
  await page.goto(path);
  return () => expect(complaints).toEqual([]);
}

/** Calls a function of the consumer's page (consumer.ts). */
export const call = <Name extends keyof Calls>(page: Page, name: Name, ...given: Parameters<Calls[Name]>) =>
  page.evaluate(
    ([name, given]) => {
      const { calls } = window as unknown as { calls: Record<string, (...given: unknown[]) => unknown> };
      return calls[name]?.(...given);
    },
    [name, given] as const,
  ) as Promise<Awaited<ReturnType<Calls[Name]>>>;
