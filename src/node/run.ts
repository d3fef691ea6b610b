/** What the command `posecade` does, once its arguments are read. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JOINTS } from '../pose/skeleton';
import type { Found } from './coco';
import { type CocoFile, openCocoFile } from './coco-file';
import { type Backend, createPoseEstimator, SourceError, type SourceErrorCode } from './index';

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

function lineOf({ file, width, height, people, backend }: Found): string {
  const named = people.map(({ pose, score }) => ({
    score: rounded(score),
    joints: pose.map(({ x, y, score }, i) => ({ name: JOINTS[i], x: rounded(x), y: rounded(y), score: rounded(score) })),
  }));
  return JSON.stringify({ file, width, height, backend, people: named });
}

interface Wanted {
  readonly json: boolean;
  /** Path of a COCO file to write. */
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

/**
 * Returns the exit code. Rejects with errors that would affect every file, a lost GPU or no sharp; what was found by then is then beside the COCO
 * file. create: makes the estimator.
 */
export async function run(
  paths: readonly string[],
  { json, coco, progress, backend, flipTest }: Wanted,
  create: typeof createPoseEstimator = createPoseEstimator,
): Promise<number> {
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
  const estimator = await create({ backend });
  if (progress) console.error(`${estimator.backend} (${estimator.why})`);
  let output: CocoFile | undefined;
  let complete = false;
  try {
    if (coco) output = await openCocoFile(coco);
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
    complete = true;
  } finally {
    estimator.dispose();
    await output?.close(found, complete);
  }
  return skipped.length > 0 ? 1 : 0;
}
