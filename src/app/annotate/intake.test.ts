import 'fake-indexeddb/auto';
import { zipSync } from 'fflate';
import { beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_DOCUMENT, withSubject } from '../../annotate/document';
import { COCO_19 } from '../../annotate/formats/coco/format';
import { type Imported, NOTHING } from '../../annotate/formats/problem';
import { readLabels } from '../../annotate/formats/read';
import { documentOf, row } from '../../annotate/testing';
import { SourceError } from '../../source/error';
import { retry } from '../shell/retry';
import { exportable, makeExport } from './export';
import { recallJoints } from './joint-memory';
import { engine, files, images, opened, resetWorld, settled, start, state, world } from './testing';

beforeEach(resetWorld);

const LABELS: Imported = {
  ...NOTHING,
  total: 1,
  images: [
    {
      id: 1,
      document: withSubject(EMPTY_DOCUMENT, {
        box: { x: 1, y: 2, width: 3, height: 4 },
        labels: [],
        prediction: undefined,
        foreign: undefined,
      }).document,
      verdict: 'accepted',
      edited: false,
      foreign: { id: 77 },
    },
  ],
};

it('opens no session for files without images or labels', async () => {
  const annotate = start();
  await annotate.openFiles(files('notes.txt'));
  expect(world.app.getState().notice?.code).toBe('no-images');
  expect(state(annotate).phase).toBe('none');
});

it('says what it was given instead of images and labels, also in a zip', async () => {
  const mp4 = new File(['\0\0\0\x18ftypmp42\0\0\0\0mp42isom'], 'a.mp4');
  const cases: [File, string][] = [
    [mp4, 'video'],
    [new File(['ID3\x04'], 'a.mp3'), 'sound'],
    [new File(['Rar!\x1a\x07\0'], 'set.rar'), 'archive'],
    [new File(['MATLAB 5.0 MAT-file'], 'mpii.mat'), 'no-labels'],
    [new File([new Uint8Array(zipSync({ 'a.mp4': new Uint8Array(await mp4.arrayBuffer()) }))], 'a.zip'), 'video'],
    [new File([new Uint8Array(zipSync({}))], 'empty.zip'), 'no-images'],
  ];
  const annotate = start();
  for (const [file, code] of cases) {
    await annotate.openFiles([file]);
    expect([file.name, world.app.getState().notice?.code]).toEqual([file.name, code]);
  }
  await annotate.openFiles(files('a.jpg', 'mpii.mat'));
  expect(world.app.getState()).toMatchObject({
    message: '1 image added. 1 other file ignored.',
    notice: { code: 'no-labels', remedy: 'none' },
  });
  await settled(annotate);
});

it('imports labels for the images of the session', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  world.readsAs = LABELS;
  await annotate.openFiles(files('labels.json'));
  expect(images(annotate)[0]).toMatchObject({ verdict: 'accepted', foreign: { id: 77 }, document: { nextId: 2 } });
  expect(images(annotate)).toHaveLength(2);
  expect(world.app.getState().message).toBe('Imported labels for 1 image.');
  expect(state(annotate).opened?.editor.store.getState().document).toBe(images(annotate)[0]?.document);
});

it('stops reading when cancelled, and then takes the next files', async () => {
  let measured = 0;
  const slow = start({
    measureImage: async () => {
      measured += 1;
      if (measured === 2) slow.cancelReading();
      return { width: 640, height: 480 };
    },
  });
  await slow.openFiles(files('b.jpg', 'c.jpg', 'd.jpg', 'labels.json'));
  expect(state(slow)).toMatchObject({ phase: 'none', images: [], reading: undefined });
  expect(world.app.getState()).toMatchObject({ notice: undefined, message: 'Cancelled. Nothing was added or changed.' });
  await slow.openFiles(files('e.jpg'));
  expect(images(slow).map(({ name }) => name)).toEqual(['e.jpg']);
  await settled(slow);
});

it.each([1, 2, 3])('adds nothing if cancelled while looking for labels and finding none (at file %i of 3)', async (at) => {
  const annotate = start();
  let read = 0;
  const others = ['a.jpg.json', 'b.jpg.json', 'c.jpg.json'].map((name) => {
    const file = new File(['{}'], name);
    vi.spyOn(file, 'slice').mockImplementation(() => {
      read += 1;
      if (read === at) annotate.cancelReading();
      return new Blob(['{}']);
    });
    return file;
  });
  await annotate.openFiles([...files('a.jpg', 'b.jpg'), ...others]);
  expect(state(annotate)).toMatchObject({ phase: 'none', images: [], reading: undefined });
  expect(world.app.getState()).toMatchObject({ notice: undefined, message: 'Cancelled. Nothing was added or changed.' });
  expect(read).toBe(at);
});

it('counts a table beside images among the other files, and reports that one alone has no labels', async () => {
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'metadata.csv'));
  expect(world.app.getState()).toMatchObject({ message: '1 image added. 1 other file ignored.', notice: undefined });
  for (const name of ['metadata.csv', 'arrays.npz']) {
    await annotate.openFiles([new File(['PK\x03\x04'], name)]);
    expect([name, world.app.getState().notice?.code]).toEqual([name, 'no-labels']);
  }
  await settled(annotate);
});

it('reports a file that no longer exists as unreadable', async () => {
  const gone = new File(['x'], 'notes');
  const nothing = { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) } as unknown as Blob;
  vi.spyOn(gone, 'slice').mockReturnValue(nothing);
  await start().openFiles([gone]);
  expect(world.app.getState().notice).toMatchObject({ code: 'unreadable', sentence: expect.stringContaining('notes') });
});

it('shows that files are being read, and the progress', async () => {
  const annotate = start();
  const seen: unknown[] = [];
  annotate.store.subscribe(({ reading }) => {
    if (reading && reading !== seen.at(-1)) seen.push(reading);
  });
  world.readsAs = LABELS;
  await annotate.openFiles(files(...Array.from({ length: 60 }, (_, i) => `${i}.jpg`), 'labels.json'));
  expect(seen).toEqual([
    { done: undefined, total: 0 },
    { done: undefined, total: 60 },
    ...[16, 32, 48, 60].map((done) => ({ done, total: 60 })),
  ]);
  expect(state(annotate).reading).toBeUndefined();
  await settled(annotate);
});

it('corrects the size measured by an import once the image is decoded', async () => {
  world.readsAs = { ...LABELS, images: LABELS.images.map((image) => ({ ...image, id: -1 })) };
  const measureImage = async () => ({ width: 320, height: 240 });
  const annotate = start({ measureImage });
  await annotate.openFiles(files('a.jpg', 'labels.json'));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  expect(images(annotate)[0]?.size).toEqual({ width: 640, height: 480 });
  await settled(annotate);
});

it('changes nothing for labels with problems until the user imports them anyway', async () => {
  const annotate = await opened('a.jpg');
  const before = state(annotate).images;
  world.readsAs = { ...NOTHING, problems: [{ file: 'labels.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  await annotate.openFiles([...files('labels.json'), ...files('new.jpg')]);
  expect(state(annotate).problems).toHaveLength(1);
  expect(state(annotate).images).toBe(before);
  state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
  world.readsAs = LABELS;
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate).problems).toMatchObject([{ kind: 'reviewed-image', where: 'a.jpg' }]);
  expect(images(annotate)[0]?.verdict).toBe('open');
  await annotate.importAnyway('replace');
  expect(state(annotate).problems).toEqual([]);
  expect(images(annotate)).toMatchObject([{ verdict: 'accepted' }]);
});

it('keeps reviewed labels, and imports the others, if the user wants it', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
  const edited = images(annotate)[0];
  world.readsAs = { ...LABELS, total: 2, images: [1, 2].flatMap((id) => LABELS.images.map((image) => ({ ...image, id }))) };
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate)).toMatchObject({ problems: [{ kind: 'reviewed-image', where: 'a.jpg' }], valid: 2 });
  await annotate.importAnyway('keep');
  expect(images(annotate)[0]).toEqual(edited);
  expect(images(annotate)[0]?.document).toBe(edited?.document);
  expect(images(annotate)[1]).toMatchObject({ verdict: 'accepted', foreign: { id: 77 } });
  expect(world.app.getState().message).toBe(
    'Imported labels for 1 image. 1 image kept the labels that you edited, accepted or flagged.',
  );
});

it('adds new images that come with labels of reviewed ones, and keeps those labels if the user wants it', async () => {
  const annotate = await opened('a.jpg');
  annotate.session()?.acceptAndNext();
  const { document } = images(annotate)[0] ?? {};
  world.readsAs = LABELS;
  await annotate.openFiles(files('new.jpg', 'labels.json'));
  expect(state(annotate)).toMatchObject({ problems: [{ kind: 'reviewed-image' }], valid: 1, problemsOf: 'labels-of-images' });
  await annotate.importAnyway('keep');
  expect(images(annotate)).toMatchObject([{ name: 'a.jpg', foreign: undefined }, { name: 'new.jpg' }]);
  expect(images(annotate)[0]?.document).toBe(document);
  await settled(annotate);
});

it('labels an image that comes with its labels once more, and does not add it again', async () => {
  const annotate = await opened('a.jpg');
  world.readsAs = LABELS;
  await annotate.openFiles(files('a.jpg', 'labels.json'));
  expect(images(annotate)).toMatchObject([{ id: 1, name: 'a.jpg', verdict: 'accepted', foreign: { id: 77 } }]);
  expect(world.app.getState().message).toBe('Imported labels for 1 image. 1 image is already here and was not added again.');
});

it('knows an image again under other folders, as an export packs it, but not under folders that contradict its own', async () => {
  const annotate = await opened('a.jpg', 'b.jpg', 'cam1/c.jpg');
  const a = (name: string) => new File(['a.jpg'], name);
  await annotate.openFiles([
    a('images/train/a.jpg'),
    new File(['another'], 'images/b.jpg'),
    new File(['cam1/c.jpg'], 'cam2/c.jpg'),
  ]);
  expect(images(annotate).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'cam1/c.jpg', 'images/b.jpg', 'cam2/c.jpg']);
  expect(world.app.getState().message).toBe('2 images added. 1 image is already here and was not added again.');
  await annotate.openFiles([a('x/a.jpg'), a('y/a.jpg'), a('a.jpg')]); // copies given together are images of their own
  expect(images(annotate).slice(5)).toMatchObject([{ name: 'x/a.jpg' }, { name: 'y/a.jpg' }]);
  await settled(annotate);
});

it('asks before labels replace reviewed ones also if their image comes with them', async () => {
  const annotate = await opened('a.jpg');
  annotate.session()?.flag(1, true);
  world.readsAs = LABELS;
  await annotate.openFiles(files('a.jpg', 'labels.json'));
  expect(state(annotate)).toMatchObject({ problems: [{ kind: 'reviewed-image', where: 'a.jpg' }], problemsOf: 'labels' });
  expect(images(annotate)).toMatchObject([{ verdict: 'flagged' }]);
});

it('adds a different file of the same name that comes with labels, and says that it was renamed', async () => {
  const annotate = await opened('a.jpg');
  const before = images(annotate)[0];
  world.readsAs = { ...LABELS, images: LABELS.images.map((image) => ({ ...image, id: -1 })) };
  await annotate.openFiles([new File(['another'], 'a.jpg'), ...files('labels.json')]);
  expect(images(annotate)).toMatchObject([{ name: 'a.jpg' }, { name: 'a (2).jpg', verdict: 'accepted' }]);
  expect(images(annotate)[0]).toEqual(before);
  expect(world.app.getState().message).toBe(
    'Imported labels for 1 image. 1 image was renamed, because other images here have the same names.',
  );
  await settled(annotate);
});

it('asks again before an import replaces manual edits made while it was being read', async () => {
  const annotate = await opened('a.jpg');
  world.reading = async () => {
    world.reading = async () => LABELS;
    state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
    return LABELS;
  };
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate).problems).toMatchObject([{ kind: 'reviewed-image', where: 'a.jpg' }]);
  expect(images(annotate)[0]).toMatchObject({ edited: true, verdict: 'open' });
  await annotate.importAnyway('replace');
  expect(images(annotate)[0]?.verdict).toBe('accepted');
});

it.each(['accepted', 'flagged'] as const)(
  'asks before an import replaces a draft that was %s, even while the labels were being read',
  async (verdict) => {
    const annotate = await opened('a.jpg', 'b.jpg');
    const unjudged = { ...LABELS, images: LABELS.images.map((image) => ({ ...image, verdict: 'open' as const })) };
    const before = images(annotate)[0]?.document;
    world.reading = async () => {
      if (verdict === 'flagged') annotate.session()?.flag(1, true);
      else annotate.session()?.acceptAndNext();
      return unjudged;
    };
    for (const _ of ['judged meanwhile', 'judged before']) {
      await annotate.openFiles(files('labels.json'));
      expect(state(annotate).problems).toMatchObject([
        { kind: 'reviewed-image', where: 'a.jpg', what: expect.stringContaining(verdict) },
      ]);
      expect(images(annotate)[0]).toMatchObject({ verdict, document: before });
      annotate.dismiss('problems');
    }
    await annotate.openFiles(files('labels.json'));
    await annotate.importAnyway('replace');
    expect(images(annotate)[0]).toMatchObject({ verdict: 'open', foreign: { id: 77 } });
  },
);

it('compares drafts with ground truth, without importing it', async () => {
  const annotate = await opened('a.jpg');
  const { document } = images(annotate)[0] ?? {};
  const [image] = LABELS.images;
  if (!image || !document) throw new Error('no image');
  world.readsAs = { ...NOTHING, images: [{ ...image, document }] };
  await annotate.compare(files('truth.json'));
  expect(state(annotate).compared).toMatchObject({ truth: 'truth.json', result: { total: { people: 1, oks: 1 }, missed: 0 } });
  expect(images(annotate)[0]?.document).toBe(document);
  await annotate.compare(files('truth.png'));
  expect(world.app.getState().notice?.code).toBe('no-labels');
});

it('compares the people that the network drafted, whatever was corrected since', async () => {
  const annotate = await opened('a.jpg');
  const drafted = images(annotate)[0]?.document;
  if (!drafted) throw new Error('no image');
  const editor = state(annotate).opened?.editor;
  editor?.dispatch({ type: 'choose', subject: drafted.subjects[0]?.id ?? 0, joint: undefined });
  editor?.dispatch({ type: 'delete' });
  expect(images(annotate)[0]?.document.subjects).toHaveLength(drafted.subjects.length - 1);
  const nobody = LABELS.images.map((image) => ({ ...image, document: EMPTY_DOCUMENT }));
  world.readsAs = { ...NOTHING, images: nobody };
  await annotate.compare(files('truth.json'));
  expect(state(annotate).compared?.result.invented).toBe(drafted.subjects.length);
  await annotate.openFiles(files('labels.json'));
  await annotate.importAnyway('replace');
  await annotate.compare(files('truth.json'));
  expect(state(annotate).compared?.result.invented).toBe(0); // those who were imported have replaced them
});

it('reports trusted labels of other images instead of comparing nothing', async () => {
  const annotate = await opened('a.jpg');
  const elsewhere = { file: 'truth.json', where: '', what: 'b.jpg is not here.', kind: 'missing-image' } as const;
  world.readsAs = { ...NOTHING, total: 1, problems: [elsewhere] };
  await annotate.compare(files('truth.json'));
  expect(world.app.getState().notice?.code).toBe('labels-without-images');
  expect(state(annotate)).toMatchObject({ compared: undefined, problems: [] });
});

it('leaves images without a draft out of the comparison, and counts them', async () => {
  const annotate = await opened('a.jpg');
  const truth = structuredClone(LABELS);
  world.readsAs = LABELS; // labels without drafts replace the draft
  await annotate.openFiles(files('labels.json'));
  world.readsAs = truth;
  await annotate.compare(files('truth.json'));
  expect(state(annotate).compared).toMatchObject({ result: { total: { people: 0 }, missed: 0 }, undrafted: 1 });
});

it('leaves an image whose labels were imported without drafts out of the comparison, even once it is edited', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  world.readsAs = {
    ...LABELS,
    images: LABELS.images.map((image) => ({ ...image, document: documentOf(row(50, 100)), edited: false })),
  };
  const [image] = world.readsAs.images;
  if (!image) throw new Error('no image');
  const document = { ...image.document, subjects: image.document.subjects.map((one) => ({ ...one, prediction: undefined })) };
  world.readsAs = { ...world.readsAs, images: [{ ...image, document }] };
  await annotate.openFiles(files('labels.json'));
  const editor = state(annotate).opened?.editor;
  editor?.dispatch({ type: 'choose', subject: 1, joint: 0 });
  editor?.dispatch({ type: 'nudge', dx: 1, dy: 0 });
  expect(images(annotate)[0]?.edited).toBe(true);
  await annotate.compare(files('truth.json'));
  expect(state(annotate).compared).toMatchObject({ result: { total: { people: 0 }, missed: 0 }, undrafted: 1 });
});

it('adds the images beside a damaged zip, and reports the zip', async () => {
  const annotate = await opened('a.jpg', 'all.zip', 'b.jpg');
  expect(images(annotate).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  expect(world.app.getState().notice).toMatchObject({ code: 'zip-damaged', sentence: expect.stringContaining('all.zip') });
  await annotate.openFiles(files('all.zip'));
  expect(images(annotate)).toHaveLength(2);
});

it('ignores JSON that holds no labels, and adds the images', async () => {
  world.readsAs = { ...NOTHING, problems: [{ file: 'a.jpg.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  const annotate = await opened('a.jpg', 'a.jpg.json');
  expect(state(annotate)).toMatchObject({ problems: [], images: [{ name: 'a.jpg' }] });
  await annotate.openFiles(files('posecade-mpii.json'));
  expect(world.app.getState().notice?.code).toBe('no-labels');
  await annotate.openFiles(files('joints-long.csv'));
  expect(world.app.getState().notice?.code).toBe('no-labels');
});

it('adds images without their labels if those are broken and the user wants it', async () => {
  world.readsAs = { ...NOTHING, problems: [{ file: 'labels.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'labels.json'));
  expect(state(annotate)).toMatchObject({ phase: 'none', problemsOf: 'labels-of-images' });
  await annotate.importAnyway('replace');
  expect(state(annotate)).toMatchObject({ problems: [], images: [{ name: 'a.jpg' }] });
  await annotate.compare(files('truth.json'));
  expect(state(annotate)).toMatchObject({ problemsOf: 'truth', compared: undefined });
  await settled(annotate);
});

it('refuses labels if none of their images is there', async () => {
  world.readsAs = { ...NOTHING, images: [] };
  const annotate = start();
  await annotate.openFiles(files('labels.json'));
  expect(world.app.getState().notice?.code).toBe('labels-without-images');
  expect(state(annotate).phase).toBe('none');
});

const QUESTION = { key: 'count:2', file: 'labels.json', names: ['1', '2'], nameless: true, guess: [0, 1] };

it('asks which joints the labels have, continues with the answer, and remembers it', async () => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  const annotate = start({
    readLabelFiles: async (_signal, _given, _images, { joints }) =>
      'count:2' in joints ? LABELS : { ...NOTHING, question: QUESTION },
  });
  await annotate.openFiles(files('a.jpg'));
  await settled(annotate);
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate)).toMatchObject({ question: { ...QUESTION, purpose: 'import', answered: false }, problems: [] });
  expect(world.app.getState().message).toBe('No labels have been imported yet. Match their joints first.');
  expect(images(annotate)[0]?.verdict).toBe('open');
  await annotate.answerJoints([1, 'drop']);
  expect(state(annotate).question).toBeUndefined();
  expect(images(annotate)[0]?.verdict).toBe('accepted');
  expect(recallJoints()).toEqual({ 'count:2': [1, 'drop'] });
  await annotate.compare(files('truth.json')); // another file may have them in another order
  expect(state(annotate).question).toMatchObject({ purpose: 'compare', guess: [1, 'drop'], answered: true });
  expect(world.app.getState().message).toBe('Match the joints of the labels first.');
  vi.unstubAllGlobals();
});

it('continues with the same answer about joints if reading fails and is retried', async () => {
  let gone = true;
  const annotate = start({
    readLabelFiles: async (_signal, _given, _images, { joints }) => {
      if (!('count:2' in joints)) return { ...NOTHING, question: QUESTION };
      if (gone) throw new SourceError('unreadable');
      return LABELS;
    },
  });
  await annotate.openFiles(files('a.jpg'));
  await settled(annotate);
  await annotate.openFiles(files('labels.json'));
  await annotate.answerJoints([1, 'drop']);
  expect(world.app.getState()).toMatchObject({ notice: { code: 'unreadable' }, message: '' });
  gone = false;
  await retry(world.app, engine);
  expect(images(annotate)[0]?.verdict).toBe('accepted');
});

it('shows on its own screen, later, what failed while another was shown', async () => {
  const annotate = await opened('a.jpg');
  const failing = annotate.openFiles(files('notes.txt'));
  world.app.setState({ screen: 'photo' });
  await failing;
  expect(world.app.getState().notice).toBeUndefined();
  await annotate.enter();
  await vi.waitFor(() => expect(world.app.getState().notice?.code).toBe('no-images'));
});

it('says what becomes of the files if the question about joints is closed', async () => {
  world.readsAs = { ...NOTHING, question: QUESTION };
  const annotate = await opened('a.jpg');
  await annotate.openFiles(files('labels.json'));
  annotate.dismiss('question');
  expect(state(annotate).question).toBeUndefined();
  expect(world.app.getState().message).toBe('Nothing was imported. Drop the files again to answer.');
  await annotate.compare(files('truth.json'));
  annotate.dismiss('question');
  expect(world.app.getState().message).toBe('Nothing was compared. Choose the labels again to answer.');
});

it('imports the valid labels, says what it noticed, and leaves the rest unchanged', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  world.readsAs = {
    ...LABELS,
    total: 2,
    problems: [{ file: 'labels.json', where: 'image 2', what: 'It is broken.', kind: 'broken' }],
    notes: ['Something was turned.'],
    passedOver: ['hyp.yaml'],
  };
  await annotate.openFiles(files('labels.json', 'notes.pdf'));
  expect(state(annotate)).toMatchObject({ valid: 1, total: 2, problemsOf: 'labels' });
  await annotate.importAnyway('replace');
  expect(state(annotate).problems).toEqual([]);
  expect(images(annotate).map(({ verdict }) => verdict)).toEqual(['accepted', 'open']);
  expect(world.app.getState().message).toBe(
    'Imported labels for 1 image. Something was turned. 2 other files ignored: hyp.yaml, notes.pdf.',
  );
});

it('restores drafts and flags from a COCO-19 export made midway, and drafts the other images', async () => {
  const first = await opened('a.jpg');
  first.session()?.setDrafting(false);
  await first.openFiles(files('b.jpg'));
  const { signal } = new AbortController();
  await first.session()?.thumbnail(signal, 2); // now its size is known
  first.session()?.flag(2, true);
  const { images: exported, flagged } = exportable(state(first).images);
  const choice = { format: COCO_19, withImages: false, validation: 0, images: exported, flagged };
  const { name, blob } = await makeExport(signal, choice, {
    file: async () => blob,
    onProgress: () => undefined,
    now: new Date(),
  });
  const second = start({
    readLabelFiles: async (_, given, known, options) =>
      readLabels(
        await Promise.all(given.map(async (one) => ({ path: one.name, text: await (await one.read()).text() }))),
        known,
        options,
      ),
  });
  const asked = world.asked.length;
  await second.openFiles([...files('a.jpg', 'b.jpg'), new File([blob], name)]);
  await settled(second);
  expect(world.asked).toHaveLength(asked + 1);
  expect(images(second)[0]?.document.subjects[0]?.labels).toEqual(images(first)[0]?.document.subjects[0]?.labels);
  const { document, verdict } = images(second)[1] ?? {};
  expect(verdict).toBe('flagged');
  expect(document?.subjects[0]?.prediction).toHaveLength(19);
  for (const [before, after] of [
    [false, 'flagged'],
    [true, 'accepted'],
  ] as const) {
    second.session()?.flag(2, false);
    second.session()?.show(2);
    if (before) second.session()?.acceptAndNext();
    await second.openFiles([new File([blob], name)]);
    expect(images(second)[1]).toMatchObject({ verdict: after });
    expect(images(second)[1]?.document).toBe(document);
  }
});

it('does not add the same files again, and renames others with the same names', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  await annotate.openFiles([...files('a.jpg', 'c.jpg'), new File(['another'], 'b.jpg')]);
  expect(images(annotate).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'b (2).jpg']);
  expect(world.app.getState().message).toBe(
    '2 images added. 1 image is already here and was not added again. 1 image was renamed, because other images here have the same names.',
  );
  await annotate.openFiles(files('a.jpg', 'b.jpg'));
  expect(images(annotate)).toHaveLength(4);
  expect(world.app.getState().message).toBe('2 images are already here and were not added again.');
  await settled(annotate);
});

it('measures images that were never opened before comparing', async () => {
  const sizes: unknown[] = [];
  const annotate = start({
    readLabelFiles: async (_signal, _given, known) => {
      sizes.push(...known.map(({ size }) => size));
      return NOTHING;
    },
  });
  await annotate.openFiles(files('a.jpg'));
  annotate.session()?.setDrafting(false);
  await annotate.openFiles(files('b.jpg'));
  await annotate.compare(files('truth.json'));
  expect(sizes).toEqual([
    { width: 640, height: 480 },
    { width: 640, height: 480 },
  ]);
});

it('closes the problems of one file when another is opened', async () => {
  const annotate = await opened('a.jpg');
  world.readsAs = { ...NOTHING, problems: [{ file: 'labels.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate).problems).toHaveLength(1);
  world.readsAs = LABELS;
  await annotate.openFiles(files('mended-labels.json'));
  expect(state(annotate).problems).toEqual([]);
  expect(images(annotate)[0]?.verdict).toBe('accepted');
});
