import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { licences } from './tools/licences/plugin.ts';
import { offline } from './tools/offline/plugin.ts';
import { output, workerOutput } from './tools/output.ts';
import { policy } from './tools/policy/plugin.ts';

const notices = licences();

/** Tests that mock whole modules, load them in a fake browser, or stop what others share: each file gets its own modules. */
const ALONE = [
  'src/embed/element/{attributes,pose-element}.test.ts',
  'src/embed/{networks,shared-estimator}.test.ts',
  'src/engine/worker/*.test.ts',
  'src/model/wasm/*.test.ts',
  'src/model/weights.test.ts',
  'src/node/{engine,models}.test.ts',
];

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [react(), notices.page, policy(), offline()],
  // "vite build --mode fake" uses the tests' engine instead of the real one.
  resolve: { alias: mode === 'fake' ? { './engine/client': '/src/testing/fake-client.ts' } : {} },
  worker: { format: 'es', plugins: notices.worker, rolldownOptions: { output: workerOutput } },
  build: { target: 'es2023', outDir: mode === 'fake' ? 'dist-fake' : 'dist', rolldownOptions: { output } },
  test: {
    environment: 'node',
    pool: 'threads',
    // Long enough for a slow machine, where some run the network or build the app; passing tests do not wait for it.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    setupFiles: './tools/patience.ts',
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ALONE,
          // Modules are loaded once for all files of a thread, because loading takes most of the time. So tests must undo what they change.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
}));
