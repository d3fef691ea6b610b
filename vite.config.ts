import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [
    react(),
    VitePWA({
      injectRegister: false, // main.tsx registers it
      manifest: {
        name: 'posecade',
        short_name: 'posecade',
        description: 'Joints in a photograph, from coarse to fine, on your own graphics card',
        theme_color: '#12151d',
        background_color: '#12151d',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,woff2,wasm,json,bin,jpg}'],
        maximumFileSizeToCacheInBytes: 8e6,
      },
    }),
  ],
  // "vite build --mode fake" takes the tests' engine instead of the real one.
  resolve: { alias: mode === 'fake' ? { './engine/client': '/src/testing/fake-client.ts' } : {} },
  worker: { format: 'es' },
  build: { target: 'es2023', outDir: mode === 'fake' ? 'dist-fake' : 'dist' },
  test: { include: ['src/**/*.test.ts', 'cli/**/*.test.ts'], environment: 'node' },
}));
