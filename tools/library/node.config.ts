import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** TensorFlow.js's glue code was written for require(), where a module knows its own folder. */
const FOLDER = 'const __dirname = import.meta.dirname;';

/** Builds the part for Node into node/ of the package that the other configuration has built, with everything but sharp and webgpu bundled. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  publicDir: false,
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
