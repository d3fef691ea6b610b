import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { licences } from '../licences/plugin.ts';
import { library } from './plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const notices = licences();

/** An ordinary build with a module for a page: Vite's library mode would put the WebAssembly into the JavaScript as text. */
export default defineConfig({
  root,
  base: './',
  publicDir: false,
  plugins: [library(root), notices.page],
  worker: { format: 'es', plugins: notices.worker, rolldownOptions: { output: { comments: { legal: false } } } },
  build: {
    target: 'es2023',
    outDir: 'dist-library',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: { posecade: 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', comments: { legal: false } },
    },
  },
});
