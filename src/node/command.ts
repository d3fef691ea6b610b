/** The command `posecade`. */
import { parseArgs } from 'node:util';
import type { Backend } from './index';
import { run } from './run';

const USAGE = `Finds people's joints in images, on this machine.

  posecade photo.jpg --json            the joints as JSON, one line per file, on standard output
  posecade photos/ --coco out.json     everybody as a COCO keypoint file
    --progress     prints progress on standard error
    --backend B    webgpu (needs the npm package webgpu), wasm, or auto (default): webgpu if that package is installed and finds a GPU, otherwise wasm
    --flip-test    a second pass on each person's mirror image: slower, and more accurate

Folders are searched recursively for JPEG, PNG, WebP, AVIF, GIF and TIFF files; other files in them are ignored.
A file that cannot be read as an image is reported and skipped.
Exit codes: 0 success, 1 files were skipped, there was nothing to read or the engine failed, 2 usage error.`;

const BACKENDS = ['auto', 'webgpu', 'wasm'] as const satisfies readonly (Backend | 'auto')[];

function backendOf(name: string): Backend | 'auto' {
  const backend = BACKENDS.find((one) => one === name);
  if (!backend) throw new TypeError(`--backend must be one of ${BACKENDS.join(', ')}, not ${name}`);
  return backend;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      coco: { type: 'string' },
      progress: { type: 'boolean', default: false },
      backend: { type: 'string', default: 'auto' },
      'flip-test': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { json, coco, progress, 'flip-test': flipTest } = values;
  if (positionals.length === 0 || !(json || coco))
    throw new TypeError(`give files or folders, and --json or --coco FILE\n\n${USAGE}`);
  return run(positionals, { json, coco, progress, backend: backendOf(values.backend), flipTest });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof TypeError ? 2 : 1; // parseArgs throws TypeErrors, too
  },
);
