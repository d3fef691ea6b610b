import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { licences } from './tools/licences/plugin.ts';
import { offline } from './tools/offline/plugin.ts';

const notices = licences();

/** The licences stand in a file of their own, so the code need not repeat them: TensorFlow.js has one in each of its files. */
const output = { comments: { legal: false } };

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [react(), notices.page, offline()],
  // "vite build --mode fake" takes the tests' engine instead of the real one.
  resolve: { alias: mode === 'fake' ? { './engine/client': '/src/testing/fake-client.ts' } : {} },
  worker: { format: 'es', plugins: notices.worker, rolldownOptions: { output } },
  build: { target: 'es2023', outDir: mode === 'fake' ? 'dist-fake' : 'dist', rolldownOptions: { output } },
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'tools/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000, // the network runs in some, on slow machines, too
    hookTimeout: 60_000,
  },
}));
