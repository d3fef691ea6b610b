import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { library } from './plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An ordinary build with a module for a page: Vite's library mode would put the WebAssembly into the JavaScript as text. */
export default defineConfig({
  root,
  base: './',
  publicDir: false,
  plugins: [library(root)],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: 'dist-library',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: { posecade: 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js' },
    },
  },
});
