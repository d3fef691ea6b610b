/** npm run tour: takes the README's picture, and pictures of every screen to look at. */
import { defineConfig, devices } from 'playwright/test';
import base from './playwright.config';

const [wasm] = base.projects ?? [];
const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };

export default defineConfig({
  ...base,
  testMatch: 'tour/*.ts',
  outputDir: '../tour/.playwright', // not where a test run tidies up
  projects: [
    { name: 'desktop-light', use: { ...wasm?.use, colorScheme: 'light' } },
    { name: 'desktop-dark', use: { ...wasm?.use, colorScheme: 'dark' } },
    { name: 'phone-light', use: { ...wasm?.use, ...phone, colorScheme: 'light' } },
    { name: 'phone-dark', use: { ...wasm?.use, ...phone, colorScheme: 'dark' } },
  ],
});
