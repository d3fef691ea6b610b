import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { type Finding, findingKey } from '../../annotate/check';
import { EMPTY_DOCUMENT, withSubject } from '../../annotate/document';
import { type Imported, NOTHING } from '../../annotate/formats/problem';
import { StoreError } from '../../database/error';
import { type Keeper, openKeeper } from '../../database/keeper';
import { EngineError } from '../../engine/error';
import type { EstimateRequest, Frame } from '../../engine/protocol';
import { viewPoint } from '../../pose/space';
import { SourceError } from '../../source/error';
import type { Sample } from '../../source/samples';
import { FAKE_READY, fakeEstimate } from '../../testing/fake-client';
import type { Engine } from '../shell/engine';
import { retry } from '../shell/retry';
import { type AppStore, createAppStore } from '../shell/store';
import { type Annotate, createAnnotate } from './annotate';
import { lead } from './lead';
import type { Ports } from './ports';
import { workOf } from './state';

let app: AppStore;
let asked: EstimateRequest[];
let fail: (request: EstimateRequest) => unknown;
let alive: number; // bitmaps that are not closed
let most: number;
let claimed: Set<string>;
let openDatabase: Ports['openKeeper'];
let hold: Promise<void>;
let decoded: Promise<void>;
let readsAs: Imported | undefined;
let reading: () => Promise<Imported | undefined>;
let samples: readonly Sample[];
const confirm = vi.fn((_: string) => true);

const ports: Ports = {
  openKeeper: (onLost) => openDatabase(onLost),
  claimSession: async (id) => {
    if (claimed.has(id)) return undefined;
    claimed.add(id);
    return () => claimed.delete(id);
  },
  claimedSessions: async () => claimed,
  askToPersist: async () => undefined,
  decodeImage: async (signal, file): Promise<Frame> => {
    signal.throwIfAborted();
    await decoded;
    if ((await file.text()).startsWith('bad')) throw new SourceError('not-an-image');
    alive += 1;
    most = Math.max(most, alive);
    return { bitmap: { close: () => (alive -= 1) } as unknown as ImageBitmap, width: 640, height: 480, time: 0, mirrored: false };
  },
  measureImage: async () => ({ width: 640, height: 480 }),
  readLabelFiles: () => reading(),
  makeThumbnail: async () => new Blob(['small']),
  listSamples: async () => samples,
  fetchSample: async () => new Blob(['x']),
  confirm: (question) => confirm(question),
};

const engine: Engine = {
  client: async () => ({
    estimate: async (signal, request) => {
      asked.push(request);
      await hold;
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
      const error = fail(request);
      if (error) throw error;
      return fakeEstimate(request);
    },
    dispose: async () => undefined,
  }),
  restart: vi.fn(),
  dispose: async () => undefined,
};

const contentOf = (name: string) => (name.endsWith('labels.json') || name.startsWith('truth') ? '{"images": []}' : name);
const files = (...names: string[]) => names.map((name) => new File([contentOf(name)], name));
const many = (count: number) => files(...Array.from({ length: count }, (_, i) => `${i}.jpg`));
const start = (): Annotate => createAnnotate(app, engine, 'samples/', ports);
const state = (annotate: Annotate) => annotate.store.getState();
const standing = (annotate: Annotate) => state(annotate).images.map(({ id }) => workOf(state(annotate).work, id).state);

async function settled(annotate: Annotate): Promise<void> {
  await vi.waitFor(() => expect(standing(annotate).every((work) => work === 'done' || work === 'failed')).toBe(true));
  await vi.waitFor(() => expect(state(annotate).saving.state).not.toBe('saving'));
}

/** A session with these files, all drafted. */
async function opened(...names: string[]): Promise<Annotate> {
  const annotate = start();
  await annotate.openFiles(files(...names));
  await settled(annotate);
  return annotate;
}

beforeEach(() => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  vi.stubGlobal('indexedDB', new IDBFactory());
  [app, asked, alive, most, claimed] = [createAppStore(), [], 0, 0, new Set()];
  [fail, openDatabase, hold] = [() => undefined, openKeeper, Promise.resolve()];
  [samples, readsAs, decoded] = [[], undefined, Promise.resolve()];
  reading = async () => readsAs;
  confirm.mockReset().mockReturnValue(true);
  app.setState({ engine: { state: 'ready', ready: FAKE_READY }, screen: 'annotate' });
});

it('drafts what is given, one after the other, the image in the middle first', async () => {
  let go = () => {};
  hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  const order: number[] = [];
  annotate.store.subscribe(({ work }) => {
    for (const [id, { state: now }] of work) if (now === 'drafting' && order.at(-1) !== id) order.push(id);
  });
  await annotate.openFiles(files('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'));
  expect(app.getState().message).toBe('4 images added.');
  expect(state(annotate)).toMatchObject({ phase: 'open', current: 1 });
  await vi.waitFor(() => expect(standing(annotate)).toEqual(['drafting', 'waiting', 'waiting', 'waiting']));
  annotate.session()?.show(3);
  go();
  await settled(annotate);
  expect(order).toEqual([1, 3, 2, 4]);
  expect(asked).toHaveLength(4);
  const image = state(annotate).images[0];
  expect(image?.size).toEqual({ width: 640, height: 480 });
  expect(image?.document.subjects[0]?.prediction).toHaveLength(19);
  expect(image?.document.subjects[0]?.labels.filter(({ visibility }) => visibility === 2)).toHaveLength(18);
  expect(image).toMatchObject({ edited: false, verdict: 'open' });
});

it('keeps everything, and goes on with it after a crash', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const session = annotate.session();
  state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
  const swapped = state(annotate).images[0]?.document;
  session?.judge(2, 'flagged');
  await session?.flush();
  claimed.clear(); // the tab is gone without a word

  const again = start();
  await again.enter();
  expect(state(again).offered).toMatchObject([{ count: 2, elsewhere: false }]);
  await again.resume(state(again).offered[0]?.id ?? '');
  expect(state(again).images).toMatchObject([
    { name: 'a.jpg', edited: true, document: swapped },
    { name: 'b.jpg', verdict: 'flagged', edited: false },
  ]);
  expect(standing(again)).toEqual(['done', 'done']);
  expect(await (await again.session()?.file(1))?.text()).toBe('a.jpg');
  await again.openFiles(files('c.jpg'));
  expect(state(again).images.map(({ id }) => id)).toEqual([1, 2, 3]);
});

it('drafts after a return what was not drafted before, and nothing twice', async () => {
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg'));
  annotate.session()?.setDrafting(false);
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(standing(annotate)).toEqual(['waiting', 'waiting']);
  await annotate.leave();
  expect(state(annotate)).toMatchObject({ phase: 'none', offered: [{ count: 2 }] });
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  await settled(annotate);
  const looks = asked.length;
  await annotate.leave();
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  await settled(annotate);
  expect(asked).toHaveLength(looks);
});

it('never overwrites what a hand did while the draft was on its way', async () => {
  let go = () => {};
  hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  const editor = state(annotate).opened?.editor;
  editor?.dispatch({ type: 'resize', canvas: { width: 640, height: 480 } });
  editor?.dispatch({ type: 'add' });
  const pointer = { pointer: 1, touch: false, pans: false };
  editor?.dispatch({ type: 'down', at: viewPoint(300, 100), ...pointer });
  editor?.dispatch({ type: 'move', at: viewPoint(400, 300), ...pointer });
  editor?.dispatch({ type: 'up', at: viewPoint(400, 300), ...pointer });
  go();
  await settled(annotate);
  expect(state(annotate).images[0]?.edited).toBe(true);
  expect(state(annotate).images[0]?.document.subjects.map(({ box }) => box)).toEqual([
    { x: 300, y: 100, width: 100, height: 200 },
  ]);
});

it('tells of a bad file where it is, goes on with the others, and tries it again when asked to', async () => {
  const annotate = await opened('a.jpg', 'bad.jpg', 'c.jpg');
  expect(standing(annotate)).toEqual(['done', 'failed', 'done']);
  expect(state(annotate).work.get(2)).toMatchObject({ notice: { code: 'not-an-image' } });
  expect(app.getState().message).toBe('All done but 1 image, which could not be drafted.');
  expect(app.getState().notice).toBeUndefined();
  annotate.session()?.retry(2);
  await settled(annotate);
  expect(standing(annotate)).toEqual(['done', 'failed', 'done']);
});

it('a network that fails on one image is one image that failed', async () => {
  fail = () => (asked.length === 2 ? new EngineError({ code: 'estimate-failed', detail: '' }) : undefined);
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg');
  expect(standing(annotate)).toEqual(['done', 'failed', 'done']);
  fail = () => undefined;
  annotate.session()?.retry();
  await settled(annotate);
  expect(standing(annotate)).toEqual(['done', 'done', 'done']);
});

it('waits while the engine is down, and goes on once it is up again', async () => {
  const failure = { code: 'device-lost', detail: '' } as const;
  fail = () => {
    if (asked.length !== 2) return undefined;
    app.setState({ engine: { state: 'failed', failure } });
    return new EngineError(failure);
  };
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg', 'c.jpg'));
  await vi.waitFor(() => expect(state(annotate).drafting).toBe(false));
  expect(standing(annotate)).toEqual(['done', 'waiting', 'waiting']);
  expect(app.getState().message).not.toContain('All');
  await retry(app, engine);
  expect(engine.restart).toHaveBeenCalled();
  fail = () => undefined;
  app.setState({ engine: { state: 'ready', ready: FAKE_READY } });
  await settled(annotate);
  expect(standing(annotate)).toEqual(['done', 'done', 'done']);
});

it('rests while the camera is on', async () => {
  app.setState({ streaming: true });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toHaveLength(0);
  app.setState({ streaming: false });
  await settled(annotate);
  expect(asked).toHaveLength(1);
});

it('keeps few images decoded, however many there are, and none after the session is closed', async () => {
  const annotate = start();
  await annotate.openFiles(many(60));
  await settled(annotate);
  const session = annotate.session();
  const { signal } = new AbortController();
  for (const { id } of state(annotate).images) {
    session?.show(id);
    await session?.thumbnail(signal, id);
    await new Promise((resolve) => setTimeout(resolve)); // bitmaps are closed a moment later
  }
  await vi.waitFor(() => expect(alive).toBeLessThanOrEqual(2));
  expect(most).toBeLessThanOrEqual(12);
  await annotate.leave();
  await vi.waitFor(() => expect(alive).toBe(0));
});

it('goes on in memory where nothing can be kept, and says so once', async () => {
  openDatabase = async () => {
    throw new StoreError('storage-blocked');
  };
  const annotate = await opened('a.jpg', 'b.jpg');
  expect(state(annotate).saving).toMatchObject({ state: 'unsaved', notice: { code: 'storage-blocked' } });
  expect(app.getState().notice?.code).toBe('storage-blocked');
  expect(annotate.session()?.atRisk).toBe(true);
  app.setState({ notice: undefined });
  annotate.session()?.judge(1, 'accepted');
  await annotate.session()?.flush();
  expect(app.getState().notice).toBeUndefined();
  expect(await (await annotate.session()?.file(2))?.text()).toBe('b.jpg');
});

it('says that the disk is full, keeps the labels that fit, and saves the files when there is room again', async () => {
  let full = true;
  openDatabase = async () => {
    const keeper = await openKeeper();
    return {
      ...keeper,
      putFile: (...args) => (full ? Promise.reject(new StoreError('storage-full')) : keeper.putFile(...args)),
    };
  };
  const annotate = await opened('a.jpg', 'b.jpg');
  expect(app.getState().notice?.code).toBe('storage-full');
  annotate.session()?.judge(1, 'accepted');
  await annotate.session()?.flush();
  const id = (await (await openKeeper()).sessions())[0]?.id ?? '';
  expect((await (await openKeeper()).images(id))[0]?.image.verdict).toBe('accepted');
  full = false;
  await retry(app, engine);
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(annotate.session()?.atRisk).toBe(false);
  expect((await (await openKeeper()).fileIds(id)).size).toBe(2);
});

it('labels whose images were not kept wait for them', async () => {
  openDatabase = async () => {
    const keeper = await openKeeper();
    return { ...keeper, putFile: () => Promise.reject(new StoreError('storage-full')) };
  };
  const annotate = await opened('a.jpg', 'b.jpg');
  annotate.session()?.judge(1, 'accepted');
  await annotate.session()?.flush();
  claimed.clear();

  openDatabase = openKeeper;
  const again = start();
  await again.enter();
  await again.resume(state(again).offered[0]?.id ?? '');
  await settled(again);
  expect(standing(again)).toEqual(['failed', 'failed']);
  expect(state(again).work.get(1)).toMatchObject({ notice: { code: 'image-missing' } });
  await again.openFiles(files('a.jpg', 'new.jpg'));
  await settled(again);
  expect(state(again).images.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'new.jpg']);
  expect(state(again).images[0]).toMatchObject({ verdict: 'accepted' });
  expect(standing(again)).toEqual(['done', 'failed', 'done']);
});

it('does not open a session that another tab has', async () => {
  const annotate = await opened('a.jpg');
  await annotate.session()?.flush();
  const second = start();
  await second.enter();
  expect(state(second).offered).toMatchObject([{ elsewhere: true }]);
  await second.resume(state(second).offered[0]?.id ?? '');
  expect(app.getState().notice?.code).toBe('session-elsewhere');
  expect(state(second).phase).toBe('none');
});

it('forgets a session for good', async () => {
  const annotate = await opened('a.jpg');
  await annotate.leave();
  await annotate.discard(state(annotate).offered[0]?.id ?? '');
  expect(state(annotate).offered).toEqual([]);
});

it('gives files of one name names of their own', async () => {
  const annotate = await opened('a.jpg', 'a.jpg', 'a.jpg');
  expect(state(annotate).images.map(({ name }) => name)).toEqual(['a.jpg', 'a (2).jpg', 'a (3).jpg']);
});

it('accepts and goes to the next of the list, and says where it ends', async () => {
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg');
  const session = annotate.session();
  session?.list({ filter: 'unfinished' });
  session?.acceptAndNext();
  expect(state(annotate)).toMatchObject({ current: 2 });
  session?.judge(3, 'accepted');
  session?.acceptAndNext();
  expect(state(annotate).current).toBe(2);
  expect(state(annotate).images.every(({ verdict }) => verdict === 'accepted')).toBe(true);
  expect(app.getState().message).toBe('Accepted. That was the last image of the list.');
});

it('removes an image for good, and shows the next', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  annotate.session()?.remove(1);
  expect(state(annotate)).toMatchObject({ current: 2, images: [{ name: 'b.jpg' }] });
  await annotate.leave();
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  expect(state(annotate).images.map(({ name }) => name)).toEqual(['b.jpg']);
});

it('takes what the editor made, and brings its steps back on the next visit', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const session = annotate.session();
  const editor = () => state(annotate).opened?.editor;
  const drafted = state(annotate).images[0]?.document;
  editor()?.dispatch({ type: 'swapAll' });
  const swapped = state(annotate).images[0];
  expect(swapped?.edited).toBe(true);
  expect(swapped?.document).not.toEqual(drafted);
  session?.show(2);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(2));
  session?.show(1);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  editor()?.dispatch({ type: 'undo' });
  expect(state(annotate).images[0]?.document).toEqual(drafted);
});

it('gives a draft to the editor that is open already', async () => {
  let go = () => {};
  hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  expect(state(annotate).opened?.editor.store.getState().document.subjects).toHaveLength(0);
  go();
  await settled(annotate);
  expect(state(annotate).opened?.editor.store.getState().document).toBe(state(annotate).images[0]?.document);
});

it('drafts somebody who was drawn in an image that was left, and that image is then no longer accepted', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const editor = state(annotate).opened?.editor;
  const before = state(annotate).images[0]?.document.subjects.length ?? 0;
  let go = () => {};
  hold = new Promise((resolve) => {
    go = resolve;
  });
  editor?.dispatch({ type: 'resize', canvas: { width: 640, height: 480 } });
  editor?.dispatch({ type: 'add' });
  editor?.dispatch({ type: 'down', pointer: 1, at: viewPoint(100, 100), touch: false, pans: false });
  editor?.dispatch({ type: 'move', pointer: 1, at: viewPoint(200, 300) });
  editor?.dispatch({ type: 'up', pointer: 1, at: viewPoint(200, 300) });
  annotate.session()?.acceptAndNext();
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(2));
  expect(state(annotate).images[0]).toMatchObject({ verdict: 'accepted' });
  go();
  await vi.waitFor(() => expect(state(annotate).images[0]?.document.subjects.at(-1)?.prediction).toHaveLength(19));
  expect(state(annotate).images[0]).toMatchObject({ verdict: 'open', edited: true });
  expect(state(annotate).images[0]?.document.subjects).toHaveLength(before + 1);
  expect(app.getState().message).toContain('a.jpg was drafted after');
  annotate.session()?.show(1);
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  state(annotate).opened?.editor.dispatch({ type: 'undo' });
  expect(state(annotate).images[0]?.document.subjects).toHaveLength(before);
});

it('looks into the boxes that a hand draws', async () => {
  const annotate = await opened('a.jpg');
  const editor = state(annotate).opened?.editor;
  editor?.dispatch({ type: 'redraft' });
  await vi.waitFor(() => expect(editor?.store.getState().looks.size).toBe(1));
  expect(asked.at(-1)).toMatchObject({ regions: [{ refine: false }], maps: 'all', transfer: false });
});

it('clears what another screen said, and says nothing on another', async () => {
  app.setState({ message: 'The camera is off.' });
  const annotate = start();
  await annotate.enter();
  expect(app.getState()).toMatchObject({ screen: 'annotate', message: '' });
  await annotate.openFiles(files('a.jpg'));
  await settled(annotate);
  expect(app.getState().message).toBe('All images are drafted.');
  app.setState({ screen: 'photo', message: '' });
  await annotate.openFiles(files('b.jpg'));
  await settled(annotate);
  expect(app.getState().message).toBe('');
});

it('takes nothing from nothing', async () => {
  const annotate = start();
  await annotate.openFiles(files('notes.txt'));
  expect(app.getState().notice?.code).toBe('nothing-given');
  expect(state(annotate).phase).toBe('none');
});

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

it('takes labels for the images that are there', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  readsAs = LABELS;
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate).images[0]).toMatchObject({ verdict: 'accepted', foreign: { id: 77 }, document: { nextId: 2 } });
  expect(state(annotate).images).toHaveLength(2);
  expect(app.getState().message).toBe('Labels of 1 image imported.');
  expect(state(annotate).opened?.editor.store.getState().document).toBe(state(annotate).images[0]?.document);
});

it('corrects the size that an import measured once the image is decoded', async () => {
  readsAs = { ...LABELS, images: LABELS.images.map((image) => ({ ...image, id: -1 })) };
  const measureImage = async () => ({ width: 320, height: 240 });
  const annotate = createAnnotate(app, engine, 'samples/', { ...ports, measureImage });
  await annotate.openFiles(files('a.jpg', 'labels.json'));
  await vi.waitFor(() => expect(state(annotate).opened?.id).toBe(1));
  expect(state(annotate).images[0]?.size).toEqual({ width: 640, height: 480 });
  await settled(annotate);
});

it('leads to what a finding is about, also where its image has to be opened first', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const chosen = () => state(annotate).opened?.editor.store.getState().choice;
  for (const image of [2, 1, 1]) {
    lead(annotate, { image, subject: 1, joints: [4 + image], kind: 'limb', what: '', severity: 1 });
    await vi.waitFor(() => expect([state(annotate).opened?.id, chosen()]).toEqual([image, { subject: 1, joint: 4 + image }]));
  }
});

it('remembers which findings are right, also when it is gone on with', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const finding: Finding = { image: 1, subject: 1, joints: [4], kind: 'limb', what: '', severity: 1 };
  annotate.session()?.approve(finding);
  annotate.session()?.approve({ ...finding, image: 2, what: 'Another sentence.' });
  expect(state(annotate).right).toEqual(new Set([finding, { ...finding, image: 2 }].map(findingKey)));
  await annotate.leave();
  expect(state(annotate).right.size).toBe(0);
  await annotate.resume(state(annotate).offered[0]?.id ?? '');
  expect(state(annotate).right).toEqual(new Set([finding, { ...finding, image: 2 }].map(findingKey)));
  const { document } = state(annotate).images[1] ?? { document: EMPTY_DOCUMENT };
  annotate.session()?.take([{ id: 2, document, verdict: 'open', edited: false, foreign: undefined }]);
  expect(state(annotate).right).toEqual(new Set([findingKey(finding)])); // person 1 of image 2 is somebody else now
});

it('says when a file that is drafted could not be kept, for then the tab must not be closed', async () => {
  const [file] = files('a.jpg');
  if (!file) throw new Error('no file');
  file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) as unknown as Blob;
  const annotate = start();
  await annotate.openFiles([file]);
  await vi.waitFor(() => expect(state(annotate).work.get(1)).toMatchObject({ state: 'failed', notice: { code: 'unreadable' } }));
});

it('drafts the last image again where a stop came while the engine was still starting', async () => {
  let begin = () => {};
  hold = new Promise((resolve) => {
    begin = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(standing(annotate)).toEqual(['drafting']));
  annotate.session()?.setDrafting(false);
  expect(standing(annotate)).toEqual(['waiting']);
  annotate.session()?.setDrafting(true);
  begin();
  await vi.waitFor(() => expect(standing(annotate)).toEqual(['done']));
});

it('labels with problems change nothing until the user wants them all the same', async () => {
  const annotate = await opened('a.jpg');
  const before = state(annotate).images;
  readsAs = { ...NOTHING, problems: [{ file: 'labels.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  await annotate.openFiles([...files('labels.json'), ...files('new.jpg')]);
  expect(state(annotate).problems).toHaveLength(1);
  expect(state(annotate).images).toBe(before);
  state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
  readsAs = LABELS;
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate).problems).toMatchObject([{ kind: 'edited-image', where: 'a.jpg' }]);
  expect(state(annotate).images[0]?.verdict).toBe('open');
  await annotate.importAnyway();
  expect(state(annotate)).toMatchObject({ problems: [], images: [{ verdict: 'accepted' }] });
});

it('holds drafts against a truth, which is not taken', async () => {
  const annotate = await opened('a.jpg');
  const { document } = state(annotate).images[0] ?? {};
  const [image] = LABELS.images;
  if (!image || !document) throw new Error('no image');
  readsAs = { ...NOTHING, images: [{ ...image, document }] };
  await annotate.compare(files('truth.json'));
  expect(state(annotate).compared).toMatchObject({ truth: 'truth.json', result: { total: { people: 1, oks: 1 }, missed: 0 } });
  expect(state(annotate).images[0]?.document).toBe(document);
  await annotate.compare(files('truth.png'));
  expect(app.getState().notice?.code).toBe('no-labels');
});

it('takes the images beside a zip that is damaged, and tells of the zip', async () => {
  const annotate = await opened('a.jpg', 'all.zip', 'b.jpg');
  expect(state(annotate).images.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  expect(app.getState().notice).toMatchObject({ code: 'zip-damaged', sentence: expect.stringContaining('all.zip') });
  await annotate.openFiles(files('all.zip'));
  expect(state(annotate).images).toHaveLength(2);
});

it('passes over JSON that is of no labels, and adds the images', async () => {
  readsAs = { ...NOTHING, problems: [{ file: 'a.jpg.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  const annotate = await opened('a.jpg', 'a.jpg.json');
  expect(state(annotate)).toMatchObject({ problems: [], images: [{ name: 'a.jpg' }] });
  await annotate.openFiles(files('posecade-mpii.json'));
  expect(app.getState().notice?.code).toBe('no-labels');
  await annotate.openFiles(files('joints-long.csv'));
  expect(app.getState().notice?.code).toBe('no-labels');
});

it('adds images without their labels where those are broken, if the user wants it so', async () => {
  readsAs = { ...NOTHING, problems: [{ file: 'labels.json', where: '', what: 'It is broken.', kind: 'broken' }] };
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'labels.json'));
  expect(state(annotate)).toMatchObject({ phase: 'none', problemsOf: 'labels-of-images' });
  await annotate.importAnyway();
  expect(state(annotate)).toMatchObject({ problems: [], images: [{ name: 'a.jpg' }] });
  await annotate.compare(files('truth.json'));
  expect(state(annotate)).toMatchObject({ problemsOf: 'truth', compared: undefined });
  await settled(annotate);
});

it('labels without any of their images are refused with what to do', async () => {
  readsAs = { ...NOTHING, images: [] };
  const annotate = start();
  await annotate.openFiles(files('labels.json'));
  expect(app.getState().notice?.code).toBe('labels-without-images');
  expect(state(annotate).phase).toBe('none');
});

/** A database that keeps labels and refuses files. */
const withoutFiles = async (): Promise<Keeper> => ({
  ...(await openKeeper()),
  putFile: () => Promise.reject(new StoreError('storage-full')),
});

it('asks before it closes a session that could not be saved, and stays if told to', async () => {
  openDatabase = withoutFiles;
  const annotate = await opened('a.jpg');
  confirm.mockReturnValue(false);
  await annotate.leave();
  expect(confirm).toHaveBeenCalledOnce();
  expect(state(annotate)).toMatchObject({ phase: 'open', images: [{ name: 'a.jpg' }] });
  expect(annotate.session()?.atRisk).toBe(true);
  expect(claimed.size).toBe(1);
  confirm.mockReturnValue(true);
  await annotate.leave();
  expect(state(annotate).phase).toBe('none');
  expect(claimed.size).toBe(0);
});

it('closes a session once its files are copied, not before', async () => {
  let go = () => {};
  const copied = new Promise<void>((resolve) => {
    go = resolve;
  });
  openDatabase = async () => {
    const keeper = await openKeeper();
    return { ...keeper, putFile: (...args) => copied.then(() => keeper.putFile(...args)) };
  };
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg'));
  const id = [...claimed][0] ?? '';
  const left = annotate.leave();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(annotate.session()?.atRisk).toBe(true); // so closing the tab is asked about
  expect(claimed.has(id)).toBe(true);
  go();
  await left;
  expect(confirm).not.toHaveBeenCalled();
  expect(claimed.size).toBe(0);
  expect((await (await openKeeper()).fileIds(id)).size).toBe(2);
});

it('does not delete a session that another tab has open', async () => {
  const annotate = await opened('a.jpg');
  const second = start();
  await second.enter();
  const id = state(second).offered[0]?.id ?? '';
  await second.discard(id);
  expect(app.getState().notice?.code).toBe('session-elsewhere');
  expect(await (await openKeeper()).sessions()).toHaveLength(1);
  await annotate.leave();
  await second.discard(id);
  expect(await (await openKeeper()).sessions()).toHaveLength(0);
  expect(claimed.size).toBe(0);
});

it('a closed session leaves the next one alone', async () => {
  let go = () => {};
  decoded = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  annotate.session()?.setDrafting(false);
  await annotate.leave();
  decoded = new Promise(() => {});
  await annotate.openFiles(files('b.jpg'));
  go(); // the first session's picture comes
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state(annotate)).toMatchObject({ images: [{ id: 1, name: 'b.jpg', size: undefined }], opened: undefined });
});

it('opens one session, however often it is clicked', async () => {
  const texts = { name: '', title: '', author: '', licence: '', licenceUrl: '', source: '', alt: '', changes: '' };
  samples = [{ file: 'yoga.jpg', ...texts, width: 4, height: 3 }];
  const annotate = start();
  await Promise.all([annotate.openSamples(), annotate.openSamples()]);
  expect(state(annotate).images).toHaveLength(1);
  expect(claimed.size).toBe(1);
  await annotate.leave();
  const id = state(annotate).offered[0]?.id ?? '';
  await Promise.all([annotate.resume(id), annotate.resume(id)]);
  expect(app.getState().notice).toBeUndefined();
  expect(state(annotate).images).toHaveLength(1);
  await settled(annotate); // else its draft is asked for in the next test
});

/** A session of one image whose draft is on its way until the returned function is called. */
async function drafting(): Promise<{ annotate: Annotate; go: () => void }> {
  let go = () => {};
  hold = new Promise((resolve) => {
    go = resolve;
  });
  const annotate = start();
  await annotate.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(standing(annotate)).toEqual(['drafting']));
  return { annotate, go };
}

it('accepts nothing that was not drafted yet, and says so', async () => {
  const { annotate, go } = await drafting();
  annotate.session()?.acceptAndNext();
  expect(state(annotate).images[0]?.verdict).toBe('open');
  expect(app.getState().message).toMatch(/^It is not drafted yet/);
  go();
  await settled(annotate);
  annotate.session()?.acceptAndNext();
  expect(state(annotate).images[0]?.verdict).toBe('accepted');
});

it('puts no draft where labels came while it was on its way, though they have nobody', async () => {
  const { annotate, go } = await drafting();
  readsAs = { ...NOTHING, images: [{ id: 1, document: EMPTY_DOCUMENT, verdict: 'open', edited: false, foreign: undefined }] };
  await annotate.openFiles(files('labels.json'));
  expect(standing(annotate)).toEqual(['done']);
  go();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(state(annotate).images[0]?.document.subjects).toEqual([]);
  expect(standing(annotate)).toEqual(['done']);
});

it('asks again before an import replaces what a hand did while it was being read', async () => {
  const annotate = await opened('a.jpg');
  reading = async () => {
    reading = async () => LABELS;
    state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
    return LABELS;
  };
  await annotate.openFiles(files('labels.json'));
  expect(state(annotate).problems).toMatchObject([{ kind: 'edited-image', where: 'a.jpg' }]);
  expect(state(annotate).images[0]).toMatchObject({ edited: true, verdict: 'open' });
  await annotate.importAnyway();
  expect(state(annotate).images[0]?.verdict).toBe('accepted');
});

it('drafts the same whatever the other screens are set to hide', async () => {
  app.setState({ threshold: 0.9 });
  const annotate = await opened('a.jpg');
  const [person] = state(annotate).images[0]?.document.subjects ?? [];
  expect(person?.labels.filter(({ visibility }) => visibility === 2)).toHaveLength(18);
});

it('saves again through a new connection once the database was lost', async () => {
  let lose = () => {};
  let lost = false;
  openDatabase = async (onLost) => {
    openDatabase = openKeeper;
    lose = () => {
      lost = true;
      onLost?.();
    };
    const keeper = await openKeeper();
    return { ...keeper, write: (...args) => (lost ? Promise.reject(new StoreError('storage-failed')) : keeper.write(...args)) };
  };
  const annotate = await opened('a.jpg');
  lose();
  annotate.session()?.judge(1, 'flagged');
  await annotate.session()?.saveAgain();
  expect(state(annotate).saving.state).toBe('saved');
  expect((await (await openKeeper()).images([...claimed][0] ?? ''))[0]?.image.verdict).toBe('flagged');
});

it('saves again where nothing could be kept when the session began', async () => {
  openDatabase = () => Promise.reject(new StoreError('storage-blocked'));
  const annotate = await opened('a.jpg');
  expect(state(annotate).saving.state).toBe('unsaved');
  openDatabase = openKeeper;
  await annotate.session()?.saveAgain();
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect((await (await openKeeper()).fileIds([...claimed][0] ?? '')).size).toBe(1);
});

it('tries again to go on with a session that the database did not give', async () => {
  const annotate = await opened('a.jpg');
  await annotate.leave();
  const keeper = await openKeeper();
  const again = start();
  let refuses = true;
  const images: Keeper['images'] = (id) => (refuses ? Promise.reject(new StoreError('storage-failed')) : keeper.images(id));
  openDatabase = async () => ({ ...keeper, images });
  await again.enter();
  await again.resume(state(again).offered[0]?.id ?? '');
  expect(app.getState().notice?.code).toBe('storage-failed');
  refuses = false;
  await retry(app, engine);
  expect(state(again)).toMatchObject({ phase: 'open', images: [{ name: 'a.jpg' }] });
});

it('reads a file again that could not be read while it was copied, or takes it when it is added anew', async () => {
  let there = false;
  const [first, second] = files('a.jpg', 'b.jpg');
  if (!first || !second) throw new Error('no files');
  const gone = (file: File) => {
    const { text, slice } = file;
    file.text = () => (there ? text.call(file) : Promise.reject(new SourceError('unreadable')));
    file.slice = (...args) => {
      const part = slice.apply(file, args);
      if (!there) part.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
      return part;
    };
    return file;
  };
  const annotate = start();
  await annotate.openFiles([gone(first), gone(second)]);
  await settled(annotate);
  expect(state(annotate).work.get(1)).toMatchObject({ notice: { code: 'unreadable' } });
  annotate.session()?.retry(1);
  await settled(annotate);
  expect(state(annotate).work.get(1)).toMatchObject({ notice: { code: 'unreadable' } });
  await annotate.openFiles(files('b.jpg'));
  await settled(annotate);
  expect(state(annotate).images.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  there = true;
  annotate.session()?.retry(1);
  await settled(annotate);
  expect(standing(annotate)).toEqual(['done', 'done']);
  expect((await (await openKeeper()).fileIds([...claimed][0] ?? '')).size).toBe(2);
});
