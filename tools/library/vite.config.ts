import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { licences } from '../licences/plugin.ts';
import { output, workerOutput } from '../output.ts';
import { ENTRIES, WORKER_FILE } from './entries.ts';
import { library } from './plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const notices = licences();

/** The part for Node finds TensorFlow.js's binaries by their own names. */
const assetFileNames = 'assets/[name][extname]';

/** An ordinary build with modules for a page: Vite's library mode would put the WebAssembly into the JavaScript as text. */
export default defineConfig({
  root,
  base: './',
  publicDir: false,
  // TensorFlow.js asks whether it runs in Node. webpack would say yes, and leave the name undefined.
  define: { __filename: 'undefined' },
  plugins: [library(root), notices.page],
  worker: {
    format: 'es',
    plugins: notices.worker,
    rolldownOptions: { output: { ...workerOutput, assetFileNames, entryFileNames: WORKER_FILE } },
  },
  build: {
    target: 'es2023',
    outDir: 'dist-library',
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: Object.fromEntries(ENTRIES.map(({ name, source }) => [name, source])),
      external: ['react'],
      preserveEntrySignatures: 'strict',
      // All modules lie beside one another: each knows the models' folder from its own address.
      output: { ...output, assetFileNames, entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
