import { beforeEach, expect, it, vi } from 'vitest';
import { EngineError } from '../../engine/error';
import type { EstimateRequest, Frame } from '../../engine/protocol';
import { imagePoint } from '../../pose/space';
import { SourceError } from '../../source/error';
import type { Sample } from '../../source/samples';
import { FAKE_READY, fakeEstimate } from '../../testing/fake-client';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { retry } from '../shell/retry';
import { type AppStore, createAppStore } from '../shell/store';
import { createReview, type Source } from './review';

const photo = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
let store: AppStore;
let closed: number;
let asked: EstimateRequest[];
let fail: unknown;

const source: Source = {
  decodeImage: async (): Promise<Frame> => ({
    bitmap: { close: () => (closed += 1) } as unknown as ImageBitmap,
    width: 640,
    height: 480,
    time: 0,
    mirrored: false,
  }),
  listSamples: async () => [],
  fetchSample: async () => photo,
};

const engine: Engine = {
  client: async () => ({
    estimate: async (signal, request) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
      if (fail) throw fail;
      asked.push(request);
      return fakeEstimate(request);
    },
    dispose: async () => undefined,
  }),
  restart: vi.fn(),
  dispose: async () => undefined,
};

beforeEach(() => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  [store, closed, asked, fail] = [createAppStore(), 0, [], undefined];
  store.setState({ engine: { state: 'ready', ready: FAKE_READY } });
});

const review = () => createReview(store, engine, 'samples/', source);
const box = (x: number) => ({ kind: 'box', box: { x, y: 100, width: 100, height: 200 } }) as const;

it('opens a photograph and searches it for people', async () => {
  await review().openFiles([photo]);
  expect(asked).toMatchObject([{ regions: 'search', maps: 'none', transfer: false }]);
  expect(store.getState()).toMatchObject({ work: 'none', photo: { name: 'a.jpg' }, people: [{ origin: { kind: 'found' } }] });
  expect(store.getState().message).toBe('18 of 19 joints in 33 ms on WebAssembly.');
});

it('poses every box, also those drawn while another is being looked at', async () => {
  const it = review();
  await it.openFiles([photo]);
  await Promise.all([it.look(box(0)), it.look(box(200)), it.look(box(400))]);
  expect(store.getState().people.map(({ origin }) => origin)).toEqual([{ kind: 'found' }, box(0), box(200), box(400)]);
  expect(store.getState().chosenPerson).toBe(store.getState().people.at(-1)?.id);
});

it('removes one, and finds by itself again', async () => {
  const it = review();
  await it.openFiles([photo]);
  await it.look(box(0));
  await it.look({ kind: 'point', at: imagePoint(500, 200) });
  it.remove(store.getState().people[0]?.id ?? -1);
  expect(store.getState().people).toMatchObject([{ origin: box(0) }, { origin: { kind: 'point' } }]);
  await it.findAgain();
  expect(store.getState().people).toMatchObject([{ origin: { kind: 'found' } }]);
});

it('keeps the chosen person when another is removed', async () => {
  const it = review();
  await it.openFiles([photo]);
  for (const x of [0, 200, 400]) await it.look(box(x));
  const [first, second] = store.getState().people;
  store.setState({ chosenPerson: first?.id });
  it.remove(second?.id ?? -1);
  expect(store.getState().chosenPerson).toBe(first?.id);
});

it('is at work until all of it is done: a bad file does not hide a look', async () => {
  const it = review();
  await it.openFiles([photo]);
  const look = it.look(box(0));
  await it.openTransfer(null);
  expect(store.getState().work).toBe('estimating');
  await look;
  expect(store.getState().work).toBe('none');
});

it('fetches maps only when the page shows them, and only those that lack', async () => {
  const it = review();
  await it.openFiles([photo]);
  it.setInspecting(true);
  it.setOverlay({ heat: 'all' });
  await vi.waitFor(() =>
    expect(store.getState()).toMatchObject({ work: 'none', people: [{ result: { fineMaps: expect.anything() } }] }),
  );
  expect(asked.map(({ maps }) => maps)).toEqual(['none', 'all']);
});

it('closes the bitmap that another photograph replaces, and drops looks at it', async () => {
  const it = review();
  await it.openFiles([photo]);
  const late = it.look(box(0));
  await it.openFiles([photo]);
  await late;
  expect(closed).toBe(1);
  expect(store.getState().people).toMatchObject([{ origin: { kind: 'found' } }]);
});

it('keeps looking while a bad file is refused', async () => {
  const it = review();
  await it.openFiles([photo]);
  const look = it.look(box(0));
  await it.openTransfer(null);
  await look;
  expect(store.getState().people).toMatchObject([{ origin: { kind: 'found' } }, { origin: box(0) }]);
});

it('reports a bad file and keeps the photograph that is open', async () => {
  const it = review();
  await it.openFiles([photo]);
  const broken = { ...source, decodeImage: () => Promise.reject(new SourceError('heic', 'b.heic')) };
  await createReview(store, engine, '', broken).openFiles([photo]);
  expect(store.getState()).toMatchObject({ notice: { code: 'heic' }, work: 'none', photo: { name: 'a.jpg' } });
  await it.openTransfer(null);
  expect(store.getState().notice).toMatchObject({ code: 'nothing-given' });
});

it('lists the samples when its screen is shown, and tells no other screen where it cannot', async () => {
  store.setState({ screen: 'live', message: 'The camera is off.', notice: report(new SourceError('camera-none')) });
  const offline = { ...source, listSamples: () => Promise.reject(new SourceError('sample-unreachable')) };
  const it = createReview(store, engine, 'samples/', offline);
  const entering = it.enter();
  expect(store.getState()).toMatchObject({ screen: 'photo', message: '', notice: undefined });
  await entering;
  expect(store.getState().notice?.code).toBe('sample-unreachable');
  const again = it.enter();
  store.setState({ screen: 'live' });
  await again;
  expect(store.getState().notice).toBeUndefined();
});

it('says what is wrong with a drop once its screen is shown', async () => {
  let show = () => {};
  const shown = new Promise<void>((resolve) => {
    show = resolve;
  });
  const opening = review().openTransfer(null, shown);
  await new Promise((resolve) => setTimeout(resolve));
  expect(store.getState().notice).toBeUndefined();
  show();
  await opening;
  expect(store.getState().notice?.code).toBe('nothing-given');
});

it('does again what failed', async () => {
  const it = review();
  fail = new EngineError({ code: 'estimate-failed', detail: '' });
  await it.openFiles([photo]);
  expect(store.getState()).toMatchObject({ notice: { code: 'estimate-failed', remedy: 'retry' }, people: [] });
  fail = undefined;
  await retry(store, engine);
  expect(store.getState()).toMatchObject({ notice: undefined, people: [{ origin: { kind: 'found' } }] });
});

it('opens and finds when a sample that could not be fetched comes the second time', async () => {
  const fetchSample = vi.fn(source.fetchSample).mockRejectedValueOnce(new SourceError('sample-unreachable'));
  const it = createReview(store, engine, 'samples/', { ...source, fetchSample });
  await it.openSample({ file: 'a.jpg' } as Sample);
  expect(store.getState()).toMatchObject({ notice: { code: 'sample-unreachable', remedy: 'retry' }, work: 'none' });
  await retry(store, engine);
  expect(store.getState()).toMatchObject({ notice: undefined, work: 'none', people: [{ origin: { kind: 'found' } }] });
});

it('does not repeat what went well when the engine fails later', async () => {
  const it = review();
  await it.openFiles([photo]);
  await it.look(box(0));
  store.setState({ engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  await retry(store, engine);
  expect(asked).toHaveLength(2);
  expect(store.getState().people).toMatchObject([{ origin: { kind: 'found' } }, { origin: box(0) }]);
});

it('restarts an engine that has failed before it tries again', async () => {
  store.setState({ engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  await retry(store, engine);
  expect(engine.restart).toHaveBeenCalled();
});

it('finds people, and says nothing of it on another screen', async () => {
  const it = review();
  store.setState({ screen: 'annotate', message: '3 images added.', notice: report(new SourceError('unreadable')) });
  await it.openFiles([photo]);
  expect(store.getState().people).toHaveLength(1);
  expect(store.getState()).toMatchObject({ message: '3 images added.', notice: { code: 'unreadable' } });
});
