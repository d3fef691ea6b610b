import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { licences } from '../licences/plugin.ts';
import { output, workerOutput } from '../output.ts';
import { ENTRIES, WORKER_FILE } from './entries.ts';
import { ownEngine } from './own-engine.ts';
import { library } from './plugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const notices = licences();

/** The part for Node finds TensorFlow.js's binaries by their original names. */
const assetFileNames = 'assets/[name][extname]';

/** An ordinary page build with modules, because Vite's library mode would inline the WebAssembly into the JavaScript as text. */
export default defineConfig({
  root,
  base: './',
  publicDir: false,
  // TensorFlow.js checks whether it runs in Node. webpack would answer yes, but leave the name undefined.
  define: { __filename: 'undefined' },
  plugins: [library(root), ownEngine(), notices.page],
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
      // All modules are in one folder, so that each finds the models' folder from its own address.
      output: { ...output, assetFileNames, entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
});
