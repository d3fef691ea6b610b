import { test as base, chromium, expect } from 'playwright/test';
import { PhotoPage } from './photo-page';

/** Every test fails on a console warning or error, or on an uncaught error, unless it says that it expects it. */
export const test = base.extend<{ expected: RegExp; photo: PhotoPage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  expected: async ({}, use) => use(/(?!)/),
  photo: async ({ page, expected }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    await use(new PhotoPage(page));
    expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
  },
});

export { chromium, expect };
