/** npm run soak: long runs of the Live screen, with printed figures. */
import { defineConfig } from 'playwright/test';
import base from './playwright.config';

const [wasm, webgpu] = base.projects ?? [];

export default defineConfig({
  ...base,
  testMatch: '**/soak.ts',
  retries: 0,
  projects: [
    { name: 'wasm', use: { ...wasm?.use } },
    { name: 'webgpu', use: { ...webgpu?.use } },
  ],
});
