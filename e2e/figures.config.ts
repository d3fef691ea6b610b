/** npm run figures: long runs of the Live screen, and measurements, with printed figures. `npm run figures -- soak` picks one. */
import { defineConfig } from 'playwright/test';
import base from './playwright.config';

const [wasm, webgpu] = base.projects ?? [];

export default defineConfig({
  ...base,
  testMatch: 'figures/{soak,smoothing}.ts',
  retries: 0,
  projects: [
    { name: 'wasm', use: { ...wasm?.use } },
    { name: 'webgpu', use: { ...webgpu?.use } },
  ],
});
