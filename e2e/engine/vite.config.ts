import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  base: './',
  publicDir: at('../../public'),
  worker: { format: 'es' },
  build: { target: 'es2023', outDir: at('../../dist-engine'), emptyOutDir: true },
});
