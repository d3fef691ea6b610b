import { defineConfig } from 'playwright/test';
import { findChromium } from './chromium';

const PORT = 4173;

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU on the processor, for machines without a GPU: slow, but the real thing. */
const SWIFTSHADER = ['--enable-unsafe-webgpu', '--use-angle=swiftshader', '--enable-features=Vulkan', '--use-vulkan=swiftshader'];

const launch = (args: readonly string[]) => ({ launchOptions: { executablePath: findChromium(), args: [...QUIET, ...args] } });

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  workers: 1, // the machine's cores belong to the one page under test
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: { baseURL: `http://localhost:${PORT}/`, viewport: { width: 1280, height: 800 }, trace: 'retain-on-failure' },
  webServer: {
    command: `npx vite build --mode ${process.env.POSECADE_MODE ?? 'production'} && npx vite preview --mode ${process.env.POSECADE_MODE ?? 'production'} --port ${PORT} --strictPort`,
    cwd: '..',
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
  projects: [
    { name: 'wasm', testIgnore: '**/webgpu.spec.ts', use: launch([]) },
    { name: 'webgpu', testMatch: '**/webgpu.spec.ts', timeout: 300_000, use: launch(SWIFTSHADER) },
  ],
});
