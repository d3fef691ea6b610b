import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The consumer and the guide's examples, beside the package's own files as a site would serve them: models, modules, the example. */
export default defineConfig({
  root: at('.'),
  base: './',
  publicDir: at('../../dist-library'),
  resolve: {
    alias: [
      { find: /^posecade$/, replacement: at('../../dist-library/posecade.js') },
      { find: /^posecade\/(\w+)$/, replacement: at('../../dist-library/$1.js') },
    ],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: at('../../dist-consumer'),
    emptyOutDir: true,
    rolldownOptions: { input: { index: at('index.html'), guide: at('guide.html') } },
  },
});
