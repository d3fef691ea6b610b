import { expect, it, vi } from 'vitest';
import { COCO_19 } from '../../annotate/formats/coco/format';
import { exampleSession } from '../../annotate/formats/example';
import { exportEntries } from '../../annotate/formats/export';
import { readLabels } from '../../annotate/formats/read';
import { JOINTS } from '../../pose/skeleton';
import { SourceError } from '../../source/error';
import type { Given } from '../../source/gather';
import { annotatedImage, newRecord, withImport } from './image-record';
import { planImport } from './import';

const { signal } = new AbortController();
const session = exampleSession(5, 1).map((image) => ({ ...image, edited: false, verdict: 'open' as const }));
const sizeOf = new Map(session.map(({ name, size }) => [name, size]));

const ports = {
  measureImage: vi.fn(async (_: AbortSignal, __: Blob, name = '') => {
    const size = sizeOf.get(name);
    if (!size) throw new SourceError('damaged-image', name);
    return size;
  }),
  readLabelFiles: async (
    _: AbortSignal,
    given: readonly Given[],
    ...rest: [Parameters<typeof readLabels>[1], Parameters<typeof readLabels>[2]]
  ) => {
    const files = await Promise.all(given.map(async ({ name, read }) => ({ path: name, text: await (await read()).text() })));
    return readLabels(files, ...rest);
  },
};

const given = (name: string, text = 'pixels'): Given => ({ name, read: async () => new Blob([text]) });
const labels = [...exportEntries(session, COCO_19, { withImages: false, validation: 0, created: new Date(0) })].map((entry) =>
  given(entry.path, 'text' in entry ? entry.text : ''),
);
const file = async () => new Blob();
const options = { joints: {}, byName: false };
const onMeasured = vi.fn();
const onRead = vi.fn();
const again: ReadonlySet<number> = new Set();

it('imports labels that come alone for the images of the session', async () => {
  const plan = await planImport(
    signal,
    { labels, images: [], session, file, options, again, sizes: new Map(), onMeasured, onRead, decision: 'undecided' },
    ports,
  );
  expect(plan.kind === 'ready' && plan.take.map(({ id }) => id)).toEqual(session.map(({ id }) => id));
  expect(plan.kind === 'ready' && plan.add).toEqual([]);
});

it('adds new images for labels that come with them, even if the session has some of the same names', async () => {
  const images = session.map(({ name }) => given(name));
  const plan = await planImport(
    signal,
    {
      labels,
      images,
      session: session.slice(0, 2),
      file,
      options,
      again,
      sizes: new Map(),
      onMeasured,
      onRead,
      decision: 'undecided',
    },
    ports,
  );
  if (plan.kind !== 'ready') throw new Error(JSON.stringify(plan));
  expect(plan.take).toEqual([]);
  expect(plan.add.map(({ name, size, verdict, document }) => [name, size, verdict, document?.subjects.length])).toEqual(
    session.map(({ name, size, verdict, document }) => [name, size, verdict, document.subjects.length]),
  );
});

/**
 * Imports COCO labels for images of the given names, with the images that come with them: names the images that get labels. again: images
 * of the session that come with them once more.
 */
async function takenFor(
  labelled: readonly string[],
  came: readonly string[],
  there: readonly string[],
  again: readonly string[] = [],
) {
  const [example] = session;
  if (!example) throw new Error('no image');
  const { size } = example;
  const data = {
    images: labelled.map((file_name, id) => ({ id, file_name, ...size })),
    annotations: [],
    categories: [{ id: 1, name: 'person', keypoints: JOINTS.slice(0, 17) }],
  };
  const request = {
    labels: [given('labels.json', JSON.stringify(data))],
    images: came.map((name) => given(name)),
    session: there.map((name, id) => ({ ...example, id, name })),
    again: new Set(again.map((name) => there.indexOf(name))),
    ...{ file, options, sizes: new Map(), onMeasured, onRead, decision: 'undecided' as const },
  };
  const plan = await planImport(signal, request, { ...ports, measureImage: async () => size });
  if (plan.kind !== 'ready') return plan;
  const added = plan.add.filter(({ document }) => document).map(({ name }) => name);
  return { added, taken: plan.take.map(({ id }) => there[id]) };
}

it('imports labels for images of the session and for new ones, even if the new ones have the same file names', async () => {
  const plan = await takenFor(['a/1.jpg', 'b/1.jpg'], ['b/1.jpg'], ['a/1.jpg']);
  expect(plan).toEqual({ added: ['b/1.jpg'], taken: ['a/1.jpg'] });
});

it.each([
  [['x/1.jpg'], ['1.jpg']],
  [['x/1.jpg'], ['y/1.jpg']],
  [['1.jpg'], ['x/1.jpg']],
])('imports labels that name no folder for the image that came with them: %j of %j', async (came, there) => {
  expect(await takenFor(['1.jpg'], came, there)).toEqual({ added: came, taken: [] });
});

it('imports labels that name no folder for the image of the session that came with them again', async () => {
  expect(await takenFor(['1.jpg'], ['z/2.jpg'], ['x/1.jpg', 'y/1.jpg'], ['y/1.jpg'])).toEqual({ added: [], taken: ['y/1.jpg'] });
});

it('measures images of the session that were never opened, several at a time, and given ones, once while the user is asked', async () => {
  const unopened = session.map((image) => ({ ...image, size: undefined }));
  let [open, most] = [0, 0];
  const slowly: typeof ports.measureImage = vi.fn(async (...given) => {
    most = Math.max(most, ++open);
    await Promise.resolve();
    open -= 1;
    return ports.measureImage(...given);
  });
  const images = [given('new.jpg')];
  sizeOf.set('new.jpg', { width: 640, height: 480 });
  const request = { labels, images, session: unopened, file, options, again, sizes: new Map(), onMeasured, onRead };
  const measuring = { ...ports, measureImage: slowly };
  for (const decision of ['undecided', 'replace'] as const) {
    const plan = await planImport(signal, { ...request, decision }, measuring);
    expect(plan.kind === 'ready' && plan.take.map(({ size }) => size)).toEqual(session.map(({ size }) => size)); // otherwise the export would leave them out
  }
  expect(slowly).toHaveBeenCalledTimes(6);
  expect(most).toBe(5);
});

it('finds the images of results by the ids of an earlier import, again and again, and exports them under these ids', async () => {
  const data = {
    images: session.map(({ name, size }, i) => ({ id: 40 + i, file_name: name, license: 3, ...size })),
    annotations: [],
    categories: [{ id: 1, name: 'person', keypoints: JOINTS.slice(0, 17) }],
  };
  const keypoints = JOINTS.slice(0, 17).flatMap((_, i) => [i + 1, i + 1, 0.9]);
  const results = JSON.stringify(data.images.map(({ id }) => ({ image_id: id, category_id: 1, keypoints, score: 0.9 })));
  let records = session.map(({ id, name }) => newRecord(id, name, file, {}));
  for (const text of [JSON.stringify(data), results, results]) {
    const request = { labels: [given('labels.json', text)], images: [], session: records.map(annotatedImage) };
    const plan = await planImport(
      signal,
      { ...request, file, options, again, sizes: new Map(), onMeasured, onRead, decision: 'undecided' },
      ports,
    );
    if (plan.kind !== 'ready') throw new Error(JSON.stringify(plan));
    const labels = new Map(plan.take.map((image) => [image.id, image]));
    expect(labels.size).toBe(session.length);
    records = records.map((record) => {
      const taken = labels.get(record.id);
      return taken ? withImport(record, taken) : record;
    });
  }
  const [entry] = exportEntries(records.map(annotatedImage), COCO_19, { withImages: false, validation: 0, created: new Date(0) });
  const written = JSON.parse(entry && 'text' in entry ? entry.text : '') as { images: { id: number; license: number }[] };
  expect(written.images.map(({ id, license }) => [id, license])).toEqual(data.images.map(({ id }) => [id, 3]));
});

it('reports manually edited labels as a problem before replacing them', async () => {
  const edited = session.map((image, i) => ({ ...image, edited: i === 2 }));
  const request = { labels, images: [], session: edited, file, options, again, sizes: new Map(), onMeasured, onRead };
  const plan = await planImport(signal, { ...request, decision: 'undecided' }, ports);
  expect(plan.kind === 'problems' && plan.problems).toMatchObject([{ where: session[2]?.name, kind: 'reviewed-image' }]);
  const replacing = await planImport(signal, { ...request, decision: 'replace' }, ports);
  expect(replacing).toMatchObject({ kind: 'ready', take: { length: 5 }, kept: 0 });
});

it.each([{ edited: true }, { verdict: 'accepted' }, { verdict: 'flagged' }] as const)(
  'imports labels for the other images alone if the user keeps what was reviewed: %j',
  async (review) => {
    const reviewed = session.map((image, i) => (i === 2 ? { ...image, ...review } : image));
    const request = { labels, images: [], session: reviewed, file, options, again, sizes: new Map(), onMeasured, onRead };
    const plan = await planImport(signal, { ...request, decision: 'keep' }, ports);
    expect(plan).toMatchObject({ kind: 'ready', kept: 1 });
    expect(plan.kind === 'ready' && plan.take.map(({ id }) => id)).toEqual(session.flatMap(({ id }, i) => (i === 2 ? [] : id)));
  },
);

it.each(['accepted', 'flagged'] as const)('reports replacing labels of an image that was %s as a problem', async (verdict) => {
  const judged = session.map((image, i) => (i === 2 ? { ...image, verdict } : image));
  const request = { labels, images: [], session: judged, file, options, again, sizes: new Map(), onMeasured, onRead };
  const plan = await planImport(signal, { ...request, decision: 'undecided' }, ports);
  expect(plan.kind === 'problems' && plan.problems).toMatchObject([
    { where: session[2]?.name, what: expect.stringContaining(verdict), kind: 'reviewed-image' },
  ]);
});

it('reports what is missing and what would be replaced together', async () => {
  const edited = session.slice(1).map((image, i) => ({ ...image, edited: i === 2 }));
  const plan = await planImport(
    signal,
    { labels, images: [], session: edited, file, options, again, sizes: new Map(), onMeasured, onRead, decision: 'undecided' },
    ports,
  );
  expect(plan.kind === 'problems' && plan.problems.map(({ kind }) => kind)).toEqual(['missing-image', 'reviewed-image']);
});

it('reports missing images as a problem, unless the user wants to continue without them', async () => {
  const request = { labels, images: [], session: session.slice(1), file, options, again, sizes: new Map(), onMeasured, onRead };
  const plan = await planImport(signal, { ...request, decision: 'undecided' }, ports);
  expect(plan.kind === 'problems' && plan.problems.map(({ kind }) => kind)).toEqual(['missing-image']);
  const without = await planImport(signal, { ...request, decision: 'replace' }, ports);
  expect(without.kind === 'ready' && without.take).toHaveLength(4);
});

it('reports how many images have been measured, and stops in between when aborted', async () => {
  const controller = new AbortController();
  const told = vi.fn(() => controller.abort());
  const images = Array.from({ length: 120 }, (_, i) => given(`${i}.jpg`));
  const request = {
    labels,
    images,
    session,
    file,
    options,
    again,
    sizes: new Map(),
    onMeasured: told,
    onRead,
    decision: 'undecided' as const,
  };
  ports.measureImage.mockClear();
  await expect(planImport(controller.signal, request, ports)).rejects.toThrow('abort');
  expect(told.mock.calls).toEqual([[16]]);
  expect(ports.measureImage).toHaveBeenCalledTimes(16);
});
