/**
 * Specs are in one folder per screen. A spec's name says which engine it uses: `.wasm.spec.ts` and `.webgpu.spec.ts` run the network on
 * that backend; the others run a fake engine, because the network is not their subject. `npm test` runs the tests tagged @journey;
 * `npm run test:all` runs every test.
 */
import { defineConfig } from 'playwright/test';
import { build, plain, webgpu } from './support/projects';

const SCREENS = '{photo,live,annotate,shell}';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './support/serve.ts',
  workers: 1, // the page under test needs all of the machine's cores
  // Long enough for a slow machine; passing tests do not wait for it.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  use: { viewport: { width: 1280, height: 800 } },
  projects: [
    build('app'),
    build('fake'),
    build('engine'),
    build('library'),
    { ...build('embed'), dependencies: ['build library'] },
    { name: 'fake', testMatch: `${SCREENS}/*.spec.ts`, testIgnore: '**/*.{wasm,webgpu}.spec.ts', ...plain('fake') },
    { name: 'wasm', testMatch: `${SCREENS}/*.wasm.spec.ts`, ...plain('app') },
    { name: 'webgpu', testMatch: `${SCREENS}/*.webgpu.spec.ts`, ...webgpu('app') },
    { name: 'engine-wasm', testMatch: 'engine/*.wasm.spec.ts', ...plain('engine') },
    { name: 'engine-webgpu', testMatch: 'engine/*.webgpu.spec.ts', ...webgpu('engine') },
    { name: 'browsers', testMatch: 'browsers/*.spec.ts', ...plain('app') }, // Firefox and WebKit, where they are installed
    { name: 'embed', testMatch: 'embed/*.spec.ts', ...plain('embed') },
    { name: 'consumers', testMatch: 'consumers/*.spec.ts', ...plain('embed'), dependencies: ['build library'] },
  ],
});
