/** The command `posecade`. */
import { appendFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { JOINTS } from '../pose/skeleton';
import { cocoOf, type Found } from './coco';
import { type Backend, createPoseEstimator, SourceError, type SourceErrorCode } from './index';

const USAGE = `Finds people's joints in images, on this machine.

  posecade photo.jpg --json            the joints as JSON, one line per file, on standard output
  posecade photos/ --coco out.json     everybody as a COCO keypoint file
    --progress     prints progress on standard error
    --backend B    webgpu (needs the npm package webgpu), wasm, or auto (default): webgpu if that package is installed and finds a GPU, otherwise wasm
    --flip-test    a second pass on each person's mirror image: slower, and more accurate

Folders are searched recursively for JPEG, PNG, WebP, AVIF, GIF and TIFF files; other files in them are ignored.
A file that cannot be read as an image is reported and skipped.
Exit codes: 0 success, 1 files were skipped, there was nothing to read or the engine failed, 2 usage error.`;

const IMAGE = /\.(jpe?g|png|webp|avif|gif|tiff?)$/i;

/** The path itself if it is a file; the images below it if it is a folder. */
async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => IMAGE.test(name))
    .sort()
    .map((name) => join(path, name));
}

const rounded = (value: number) => Number(value.toFixed(3));

const BACKENDS = ['auto', 'webgpu', 'wasm'] as const satisfies readonly (Backend | 'auto')[];

function backendOf(name: string): Backend | 'auto' {
  const backend = BACKENDS.find((one) => one === name);
  if (!backend) throw new TypeError(`--backend must be one of ${BACKENDS.join(', ')}, not ${name}`);
  return backend;
}

function lineOf({ file, width, height, people, backend }: Found): string {
  const named = people.map(({ pose, score }) => ({
    score: rounded(score),
    joints: pose.map(({ x, y, score }, i) => ({ name: JOINTS[i], x: rounded(x), y: rounded(y), score: rounded(score) })),
  }));
  return JSON.stringify({ file, width, height, backend, people: named });
}

interface Wanted {
  readonly json: boolean;
  readonly coco: string | undefined;
  readonly progress: boolean;
  readonly backend: Backend | 'auto';
  readonly flipTest: boolean;
}

const REASONS: Partial<Record<SourceErrorCode, string>> = {
  unreadable: 'the file cannot be read',
  'empty-file': 'the file is empty',
  'not-an-image': 'the file is not an image in a format that sharp reads',
  heic: 'HEIC cannot be read; convert the image to JPEG first',
  'damaged-image': 'the image is damaged',
  'too-large': 'the image has more pixels than sharp opens',
};

/** Returns the exit code. Rejects with errors that would affect every file, a lost GPU or no sharp; what was found by then is written. */
async function run(paths: readonly string[], { json, coco, progress, backend, flipTest }: Wanted): Promise<number> {
  const skipped: string[] = [];
  const skip = (file: string, reason: string) => {
    skipped.push(file);
    console.error(`${file}: ${reason}`);
  };
  const lists = await Promise.all(paths.map((path) => filesOf(path).catch((error: Error) => skip(path, error.message))));
  const files = lists.flatMap((list) => list ?? []);
  if (files.length === 0) {
    console.error(`No images found in ${paths.join(', ')}.`);
    return 1;
  }
  const found: Found[] = [];
  let unread = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    unread = true; // as with `| head`
  });
  const estimator = await createPoseEstimator({ backend });
  if (progress) console.error(`${estimator.backend} (${estimator.why})`);
  try {
    if (coco) await appendFile(coco, ''); // better to fail now than after all the work
    for (const [i, file] of files.entries()) {
      if (unread && !coco) break;
      try {
        const one = { file, ...(await estimator.estimate(file, { flipTest })) };
        if (coco) found.push(one);
        if (json) console.log(lineOf(one));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        skip(file, REASONS[error.code] ?? error.message);
      }
      if (progress) console.error(`${i + 1} of ${files.length}`);
    }
  } finally {
    estimator.dispose();
    if (coco) await writeFile(coco, JSON.stringify(cocoOf(found)));
  }
  return skipped.length > 0 ? 1 : 0;
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
