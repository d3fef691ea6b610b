/**
 * npm run figures: long runs and measurements that print their figures. `npm run figures -- soak` picks one; annotate-load is a session of
 * 1,000 images with a fake engine (IMAGES=200 for fewer).
 */
import { defineConfig } from 'playwright/test';
import base from './playwright.config';
import { build, plain, webgpu } from './support/projects';

export default defineConfig({
  ...base,
  timeout: 1_800_000,
  projects: [
    build('app'),
    build('fake'),
    build('engine'),
    { name: 'wasm', testMatch: 'figures/soak.ts', ...plain('app') },
    { ...webgpu('app'), name: 'webgpu', testMatch: 'figures/soak.ts' },
    { name: 'engine-wasm', testMatch: 'figures/{smoothing,live-rate}.ts', ...plain('engine') },
    { ...webgpu('engine'), name: 'engine-webgpu', testMatch: 'figures/live-rate.ts' },
    { name: 'fake', testMatch: 'figures/annotate-load.ts', ...plain('fake') },
  ],
});
