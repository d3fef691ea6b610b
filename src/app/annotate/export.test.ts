import { unzipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { COCO_19 } from '../../annotate/formats/coco/format';
import { CSV_WIDE } from '../../annotate/formats/csv';
import { everything } from '../../annotate/formats/everything';
import { exampleSession } from '../../annotate/formats/example';
import { YOLO_17 } from '../../annotate/formats/yolo/format';
import { commit } from '../../annotate/history';
import { documentOf, row } from '../../annotate/testing';
import { SourceError } from '../../source/error';
import { report } from '../shell/report';
import { acceptedAmong, exportable, makeExport, splitWords, unopenedBy } from './export';
import { draftStarted, newRecord, withDraft, withEdit, withFailure, withImport, withSize, withVerdict } from './image-record';

const { signal } = new AbortController();
const images = exampleSession(4, 1);
const parts = { file: async () => new Blob(['pixels']), onProgress: vi.fn(), now: new Date(0) };

it('exports a single-file format as that file', async () => {
  const { name, blob } = await makeExport(
    signal,
    { format: CSV_WIDE, withImages: false, validation: 0, images, flagged: [] },
    parts,
  );
  expect([name, blob.type]).toEqual(['posecade-joints-wide.csv', 'text/csv']);
  expect(await blob.text()).toMatch(/^image,width/);
});

it('exports several files, or labels with images, as a zip', async () => {
  const { name, blob } = await makeExport(
    signal,
    { format: COCO_19, withImages: true, validation: 0, images, flagged: [] },
    parts,
  );
  expect([name, blob.type]).toEqual(['posecade-coco-19.zip', 'application/zip']);
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  expect(Object.keys(files)).toHaveLength(5);
  parts.onProgress.mockClear();
  const choice = { format: everything([CSV_WIDE]), withImages: false, validation: 0, images, flagged: [] };
  const all = await makeExport(signal, choice, parts);
  expect(all.name).toBe('posecade-labels.zip');
  expect(parts.onProgress).toHaveBeenLastCalledWith(2, 4);
});

it('leaves out images without a draft, which would claim that nobody is there, counts them, and names those that are flagged', () => {
  const queued = withSize(newRecord(1, 'a.jpg', parts.file, {}), { width: 4, height: 3 });
  const failed = withFailure(draftStarted(queued), report(new SourceError('damaged-image')));
  const edited = withEdit(queued, commit(queued.history, documentOf(row(50, 100)), 'person added'));
  const empty = withDraft(draftStarted(queued), documentOf());
  const out = [queued, draftStarted(queued), failed, withVerdict(queued, 'flagged')];
  const sound = [edited, empty, withVerdict(failed, 'accepted'), withVerdict(empty, 'flagged')];
  const labels = { document: documentOf(), verdict: 'open', edited: false, foreign: undefined } as const;
  const unopened = withImport(newRecord(2, 'b.jpg', parts.file, {}), labels);
  const all = exportable([...out, unopened, ...sound]);
  const { images: exported, ...left } = all;
  expect(exported.map(({ edited, verdict }) => [edited, verdict])).toEqual([
    [true, 'open'],
    [false, 'open'],
    [false, 'accepted'],
    [false, 'flagged'],
  ]);
  expect(left).toEqual({ undrafted: 4, flagged: ['a.jpg'], unopened: 1 });
  expect(acceptedAmong(all)).toEqual({ images: [exported[2]], flagged: [] });
});

it('says how many images a validation share makes', () => {
  const named = Array.from({ length: 20 }, (_, i) =>
    images.slice(0, 1).map((image) => ({ ...image, name: `${i % 10}/${i}.jpg` })),
  ).flat();
  expect(splitWords(named, 0.2)).toBe('16 for training, 4 for validation');
  expect(splitWords(named, 0)).toBe('');
});

it('names the extensions of images that Ultralytics ignores, and packs .jfif as .jpg', async () => {
  const named = ['a.JPG', 'b.jfif', 'c.GIF', 'd.gif', 'e'].map((name, id) => ({
    ...exampleSession(1, 1)[0],
    id,
    name,
  })) as typeof images;
  expect(unopenedBy(YOLO_17, named, false)).toBe('.jfif, .gif, none');
  expect(unopenedBy(YOLO_17, named, true)).toBe('.gif, none');
  expect(unopenedBy(COCO_19, named, true)).toBe('');
  const choice = { format: YOLO_17, withImages: true, validation: 0, images: named, flagged: [] };
  const files = Object.keys(unzipSync(new Uint8Array(await (await makeExport(signal, choice, parts)).blob.arrayBuffer())));
  expect(files).toEqual(expect.arrayContaining(['images/b.jpg', 'labels/b.txt']));
});
