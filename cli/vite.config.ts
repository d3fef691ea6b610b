import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Node 20 does not run TypeScript, so the command-line tools are bundled first, without their packages. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: at('../dist-cli'),
    emptyOutDir: true,
    rollupOptions: {
      input: {
        predict: at('predict.ts'),
        'model-info': at('model-info.ts'),
        bench: at('bench.ts'),
        'bench-browser': at('bench-browser.ts'),
        'bench-gpu': at('bench-gpu.ts'),
        'bench-start': at('bench-start.ts'),
      },
    },
  },
});
