import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { ownEngine } from './own-engine.ts';

/** TensorFlow.js's glue code was written for require(), where a module knows its own folder. */
const FOLDER = 'const __dirname = import.meta.dirname;';

/** What TensorFlow.js's glue code adds to the process, and never removes: it rethrows each uncaught error, whatever handlers the host has for it. */
const HANDLERS = [
  'process["on"]("uncaughtException",function(ex){if(!(ex instanceof ExitStatus)){throw ex}});',
  'process["on"]("unhandledRejection",function(reason){throw reason});',
];

/** Leaves uncaught errors to the process that uses the package. */
const handleNoErrors: Plugin = {
  name: 'posecade-handle-no-errors',
  transform(code, id) {
    if (!/\/wasm-out\/tfjs-backend-wasm(-threaded-simd)?\.js$/.test(id.replace(/\?.*/, ''))) return undefined;
    if (!HANDLERS.every((handler) => code.includes(handler))) throw new Error(`${id} handles errors in another way than it did`);
    return HANDLERS.reduce((rest, handler) => rest.replace(handler, ''), code);
  },
};

/** Builds the part for Node into node/ of the package that the other configuration has built, with everything but sharp and webgpu bundled. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  publicDir: false,
  plugins: [handleNoErrors, ownEngine()],
  ssr: { noExternal: true, external: ['sharp', 'webgpu'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist-library/node',
    minify: true,
    rolldownOptions: {
      input: { index: 'src/node/index.ts', command: 'src/node/command.ts' },
      external: ['sharp', 'webgpu'],
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        comments: { legal: false },
        banner: ({ name }) => (name === 'command' ? `#!/usr/bin/env node\n${FOLDER}` : FOLDER),
      },
    },
  },
});
