/**
 * Runs the shipped weights through the cascade on WASM and writes a prediction file: a JSON list [people][19][x, y, score].
 *
 *   npm run predict -- --crops DIR --out FILE [--limit N]    DIR/crops.u8, DIR/truth.json; in crop pixels
 *   npm run predict -- --images DIR --out FILE [--limit N]   whole pictures, DIR/truth.json names them; in image pixels
 *
 * --limit takes every k-th person and writes { index, people }, index saying which they are. --model DIR: another model's folder.
 */
import { open, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { decode } from 'fast-png';
import { find } from '../src/pose/find';
import type { Pose } from '../src/pose/pose';
import type { Raster } from '../src/pose/resample';
import { wholeFrameRoi } from '../src/pose/roi';
import { type Looker, openLooker } from './looker';

interface Truth {
  /** Side of the crops, pixels. */
  readonly size: number;
  readonly n: number;
  readonly files?: readonly string[];
}

/** Every k-th of n, at most `limit`. */
function pick(n: number, limit: number): number[] {
  const step = Math.max(1, Math.floor(n / limit));
  return Array.from({ length: n }, (_, i) => i)
    .filter((i) => i % step === 0)
    .slice(0, limit);
}

async function predictCrops(folder: string, size: number, index: readonly number[], looker: Looker): Promise<Pose[]> {
  const file = await open(`${folder}/crops.u8`);
  const poses: Pose[] = [];
  try {
    for (const person of index) {
      const data = new Uint8Array(size * size * 3);
      await file.read(data, 0, data.length, person * data.length);
      const crop = { width: size, height: size, data };
      poses.push((await looker.look(crop, wholeFrameRoi(crop))).pose);
      progress(poses.length, index.length);
    }
  } finally {
    await file.close();
  }
  return poses;
}

function rasterOf(png: Uint8Array): Raster {
  const { width, height, channels, depth, data } = decode(png);
  if (depth !== 8 || channels < 3)
    throw new Error(`a PNG of ${channels} channels of ${depth} bits is not one that images.py writes`);
  if (channels === 3) return { width, height, data: Uint8Array.from(data) };
  return { width, height, data: Uint8Array.from(data.filter((_, i) => i % channels < 3)) };
}

async function predictImages(
  folder: string,
  files: readonly string[],
  index: readonly number[],
  looker: Looker,
): Promise<Pose[]> {
  const poses: Pose[] = [];
  for (const image of index) {
    const raster = rasterOf(await readFile(`${folder}/${files[image]}`));
    const person = await find((roi) => looker.look(raster, roi), raster);
    // Nobody found counts as all wrong.
    poses.push(person?.pose ?? looker.nobody);
    progress(poses.length, index.length);
  }
  return poses;
}

function progress(done: number, total: number): void {
  if (done % 100 === 0 || done === total) console.error(`${done} of ${total}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      crops: { type: 'string' },
      images: { type: 'string' },
      out: { type: 'string' },
      limit: { type: 'string' },
      model: { type: 'string', default: 'public/models/cascade' },
    },
  });
  const folder = values.crops ?? values.images;
  if (!folder || !values.out || (values.crops && values.images))
    throw new Error('give --out FILE and one of --crops DIR, --images DIR');
  const truth = JSON.parse(await readFile(`${folder}/truth.json`, 'utf8')) as Truth;
  const index = pick(truth.n, values.limit ? Number(values.limit) : truth.n);
  const looker = await openLooker(values.model);
  try {
    const poses = values.crops
      ? await predictCrops(folder, truth.size, index, looker)
      : await predictImages(folder, truth.files ?? [], index, looker);
    const people = poses.map((pose) => pose.map(({ x, y, score }) => [x, y, score].map((value) => Number(value.toFixed(3)))));
    await writeFile(values.out, JSON.stringify(values.limit ? { index, people } : people));
  } finally {
    looker.dispose();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
