import { unzipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import type { ExportEntry } from '../../annotate/formats/export';
import { pack } from './zip';

const { signal } = new AbortController();
const image = new Uint8Array(3_000_000).map((_, i) => i % 251);
const file = vi.fn(async (id: number): Promise<Blob> => {
  if (id === 9) throw new Error('gone');
  return new Blob([image.slice(0, 1_000_000 * id)]);
});
const ENTRIES: ExportEntry[] = [
  { path: 'labels/ä ö/a.txt', text: 'one\n' },
  { path: 'empty.txt', text: '' },
  { path: 'long.json', text: 'abc'.repeat(400_000) },
  { path: 'images/1.jpg', image: 3 },
  { path: 'images/2.jpg', image: 9 },
  { path: 'images/3.jpg', image: 1 },
];

it('packs texts and images, and reports the images that could not be read', async () => {
  const onProgress = vi.fn();
  const { blob, missing } = await pack(signal, ENTRIES, { file, onProgress });
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['labels/ä ö/a.txt', 'empty.txt', 'long.json', 'images/1.jpg', 'images/3.jpg']);
  const text = (path: string) => new TextDecoder().decode(files[path]);
  expect([text('labels/ä ö/a.txt'), text('empty.txt'), text('long.json').length]).toEqual(['one\n', '', 1_200_000]);
  expect(Buffer.from(image).equals(files['images/1.jpg'] ?? image.slice(1))).toBe(true);
  expect(missing).toEqual(['images/2.jpg']);
  expect(onProgress).toHaveBeenLastCalledWith(6);
});

it('leaves out an image that cannot be read to its end', async () => {
  const broken = new Blob([image]);
  const lost = async () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  Object.assign(broken, { arrayBuffer: lost, stream: () => new ReadableStream({ pull: lost }) });
  const failing = async (id: number) => (id === 3 ? broken : file(id));
  const { blob, missing } = await pack(signal, ENTRIES.slice(3), { file: failing, onProgress: () => undefined });
  expect(missing).toEqual(['images/1.jpg', 'images/2.jpg']);
  expect(Object.keys(unzipSync(new Uint8Array(await blob.arrayBuffer())))).toEqual(['images/3.jpg']);
});

it('generates an entry only when its turn comes, and stops when aborted', async () => {
  const stop = new AbortController();
  const made: string[] = [];
  function* entries(): Generator<ExportEntry> {
    for (const entry of ENTRIES) {
      made.push(entry.path);
      if (made.length === 3) stop.abort();
      yield entry;
    }
  }
  await expect(pack(stop.signal, entries(), { file, onProgress: () => undefined })).rejects.toThrow('abort');
  expect(made).toHaveLength(3);
});

const tooLarge = { name: 'ExportError', code: 'export-too-large' };
const onProgress = () => undefined;

it('refuses an image that does not fit into what a zip can address, before reading it', async () => {
  const arrayBuffer = vi.fn();
  const huge = async () => ({ size: 2 ** 32, arrayBuffer }) as unknown as Blob;
  await expect(pack(signal, [{ path: 'a.jpg', image: 1 }], { file: huge, onProgress })).rejects.toMatchObject(tooLarge);
  expect(arrayBuffer).not.toHaveBeenCalled();
});

it('refuses more files than a zip can count', async () => {
  const empty = { size: 0, arrayBuffer: async () => new ArrayBuffer(0) } as unknown as Blob;
  const entries = Array.from({ length: 2 ** 16 }, (_, i) => ({ path: `${i}.jpg`, image: i }));
  await expect(pack(signal, entries, { file: async () => empty, onProgress })).rejects.toMatchObject(tooLarge);
});
