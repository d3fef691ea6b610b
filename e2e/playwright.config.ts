import { defineConfig } from 'playwright/test';
import { PORT as ENGINE_PORT, LIBRARY_PORT, APP_PORT as PORT } from './engine/port';
import { findChromium, QUIET, SWIFTSHADER } from './support/chromium';

/** WebAssembly is what most tests run on: also where there is a GPU. */
const NO_WEBGPU = ['--disable-blink-features=WebGPU'];

const launch = (args: readonly string[]) => ({ launchOptions: { executablePath: findChromium(), args: [...QUIET, ...args] } });

/** Builds a page, after what it is made of, and serves it. */
const serve = (config: string, port: number, before = 'true') => ({
  command: `${before} && npx vite build ${config} && npx vite preview ${config} --port ${port} --strictPort`,
  cwd: '..',
  url: `http://localhost:${port}/`,
  reuseExistingServer: false,
  timeout: 300_000,
});

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1, // the machine's cores belong to the one page under test
  // Long enough for a slow machine; what passes does not wait.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env.CI !== undefined,
  retries: process.env.CI === undefined ? 0 : 1, // a camera in real time on a busy machine; what needed it is reported as flaky
  reporter: [['list']],
  use: { baseURL: `http://localhost:${PORT}/`, viewport: { width: 1280, height: 800 }, trace: 'retain-on-failure' },
  webServer: [
    serve('', PORT),
    serve('--config e2e/engine/vite.config.ts', ENGINE_PORT),
    serve('--config e2e/embed/vite.config.ts', LIBRARY_PORT, 'npm run build:library && npx tsc -p e2e/embed'),
  ],
  projects: [
    { name: 'wasm', testIgnore: '**/webgpu.spec.ts', use: launch(NO_WEBGPU) },
    { name: 'webgpu', testMatch: '**/webgpu.spec.ts', timeout: 900_000, use: launch(SWIFTSHADER) },
  ],
});
