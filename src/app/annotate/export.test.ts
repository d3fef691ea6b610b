import { unzipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { COCO_19 } from '../../annotate/formats/coco/format';
import { CSV_WIDE } from '../../annotate/formats/csv';
import { everything } from '../../annotate/formats/everything';
import { exampleSession } from '../../annotate/formats/example';
import { makeExport } from './export';

const { signal } = new AbortController();
const images = exampleSession(4, 1);
const parts = { file: async () => new Blob(['pixels']), onProgress: vi.fn(), now: new Date(0) };

it('a format of one file is that file', async () => {
  const { name, blob } = await makeExport(signal, { format: CSV_WIDE, withImages: false, validation: 0, images }, parts);
  expect([name, blob.type]).toEqual(['posecade-joints-wide.csv', 'text/csv']);
  expect(await blob.text()).toMatch(/^image,width/);
});

it('several files, or images with them, are a zip', async () => {
  const { name, blob } = await makeExport(signal, { format: COCO_19, withImages: true, validation: 0, images }, parts);
  expect([name, blob.type]).toEqual(['posecade-coco-19.zip', 'application/zip']);
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  expect(Object.keys(files)).toHaveLength(5);
  const all = await makeExport(signal, { format: everything([CSV_WIDE]), withImages: false, validation: 0, images }, parts);
  expect(all.name).toBe('posecade-labels.zip');
  expect(parts.onProgress).toHaveBeenLastCalledWith(expect.any(Number), expect.any(Number));
});
