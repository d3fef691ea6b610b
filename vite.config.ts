import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { offline } from './tools/offline/plugin.ts';

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [react(), offline()],
  // "vite build --mode fake" takes the tests' engine instead of the real one.
  resolve: { alias: mode === 'fake' ? { './engine/client': '/src/testing/fake-client.ts' } : {} },
  worker: { format: 'es' },
  build: { target: 'es2023', outDir: mode === 'fake' ? 'dist-fake' : 'dist' },
  test: {
    include: ['src/**/*.test.ts', 'cli/**/*.test.ts', 'tools/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000, // the network runs in some, on slow machines, too
    hookTimeout: 60_000,
  },
}));
