import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** TensorFlow.js's glue was written for require(), which knew its own folder. */
const FOLDER = 'const __dirname = import.meta.dirname;';

/** The part for Node, into node/ of the package that the other configuration has built: everything but sharp and webgpu is inside. */
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
