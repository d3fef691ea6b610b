/** npm run annotate:load: a session of 1,000 images behind a made-up engine; prints times and memory. IMAGES=200 asks for fewer. */
import { defineConfig } from 'playwright/test';
import { APP_PORT } from './engine/port';
import base from './playwright.config';

const [wasm] = base.projects ?? [];

export default defineConfig({
  ...base,
  testMatch: 'figures/annotate-load.ts',
  timeout: 1_800_000,
  use: { ...base.use, trace: 'off' },
  webServer: [
    {
      command: `npx vite build --mode fake && npx vite preview --mode fake --port ${APP_PORT} --strictPort`,
      cwd: '..',
      url: `http://localhost:${APP_PORT}/`,
      timeout: 300_000,
    },
  ],
  projects: [{ name: 'load', use: wasm?.use ?? {} }],
});
