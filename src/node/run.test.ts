import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SourceError } from '../source/error';
import type { NodePoseEstimator } from './index';
import { run } from './run';

let folder: string;
let out: string;
const said = vi.fn();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posecade-'));
  out = join(folder, 'out.json');
  writeFileSync(out, 'from an earlier run');
  vi.spyOn(console, 'error').mockImplementation(said.mockClear());
  vi.spyOn(process.stdout, 'on').mockReturnThis();
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Runs the command on three images, of which one, counted from 1, fails with that error; those that are not readable are skipped. */
function runWith(failing: number, error: Error, readable = [1, 2, 3]): Promise<number> {
  const images = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => join(folder, name));
  for (const image of images) writeFileSync(image, '');
  let asked = 0;
  const estimator: NodePoseEstimator = {
    backend: 'wasm',
    why: 'for a test',
    estimate: async () => {
      asked += 1;
      if (asked === failing) throw error;
      if (!readable.includes(asked)) throw new SourceError('damaged-image');
      return { people: [], width: 40, height: 30, backend: 'wasm' };
    },
    dispose: () => undefined,
  };
  const wanted = { json: false, coco: out, progress: false, backend: 'wasm', flipTest: false } as const;
  return run(images, wanted, async () => estimator);
}

const lost = new Error('the GPU was lost');
const written = (file: string) => JSON.parse(readFileSync(file, 'utf8')).images.length;

it('replaces an earlier COCO file at the end, also if an image was skipped', async () => {
  expect(await runWith(2, new SourceError('damaged-image'))).toBe(1);
  expect(written(out)).toBe(2);
  expect(existsSync(`${out}.partial`)).toBe(false);
});

it('keeps an earlier COCO file if the engine fails midway, and writes what was found until then beside it', async () => {
  await expect(runWith(2, lost)).rejects.toBe(lost);
  expect(readFileSync(out, 'utf8')).toBe('from an earlier run');
  expect(written(`${out}.partial`)).toBe(1);
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining('out.json.partial'));
});

it('keeps the results of two failures', async () => {
  await expect(runWith(3, lost)).rejects.toBe(lost);
  await expect(runWith(2, lost)).rejects.toBe(lost);
  expect([`${out}.partial`, `${out}.partial-2`].map(written)).toEqual([2, 1]);
});

it('writes an empty list of images if none could be read', async () => {
  expect(await runWith(0, lost, [])).toBe(1);
  expect(written(out)).toBe(0);
});

it('leaves nothing behind if the engine fails before anything was found', async () => {
  const earlier = readFileSync(out, 'utf8');
  rmSync(out);
  await expect(runWith(1, lost)).rejects.toBe(lost);
  expect(existsSync(out)).toBe(false);
  writeFileSync(out, earlier);
  await expect(runWith(1, lost)).rejects.toBe(lost);
  expect(readFileSync(out, 'utf8')).toBe('from an earlier run');
  expect(existsSync(`${out}.partial`)).toBe(false);
  expect(said).not.toHaveBeenCalled();
});
