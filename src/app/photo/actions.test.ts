import { beforeEach, expect, it, vi } from 'vitest';
import { EngineError } from '../../engine/error';
import type { EstimateRequest, EstimateResult, Frame } from '../../engine/protocol';
import { imagePoint } from '../../pose/space';
import { SourceError } from '../../source/error';
import type { Sample } from '../../source/samples';
import { FAKE_READY, fakeEstimate, fakePerson } from '../../testing/fake-client';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { retry } from '../shell/retry';
import { type AppStore, createAppStore } from '../shell/store';
import { createPhotoActions, type PhotoActions, type PhotoSource } from './actions';
import { nobodyThereSentence } from './words';

const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' });
let app: AppStore;
let actions: PhotoActions;
let closed: number;
let asked: EstimateRequest[];
let fail: unknown;
let undecodable: unknown;
/** Called before the engine answers; the answer in place of the fake estimate. */
let meanwhile: ((request: EstimateRequest) => void) | undefined;
let answer: EstimateResult | undefined;

const source: PhotoSource = {
  decodeImage: async (): Promise<Frame> => {
    if (undecodable) throw undecodable;
    const bitmap = { close: () => (closed += 1) } as unknown as ImageBitmap;
    return { bitmap, width: 640, height: 480, time: 0 };
  },
  listSamples: async () => [],
  fetchSample: async () => file,
};

const engine: Engine = {
  client: async () => ({
    estimate: async (signal, request) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal.throwIfAborted();
      if (fail) throw fail;
      asked.push(request);
      meanwhile?.(request);
      return answer ?? fakeEstimate(request);
    },
    dispose: async () => undefined,
  }),
  restart: vi.fn(),
  dispose: async () => undefined,
};

beforeEach(() => {
  vi.clearAllMocks();
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  [app, closed, asked, fail, undecodable] = [createAppStore(), 0, [], undefined, undefined];
  [meanwhile, answer] = [undefined, undefined];
  app.setState({ engine: { state: 'ready', ready: FAKE_READY }, screen: 'photo' });
});

function start(from = source): PhotoActions {
  actions = createPhotoActions(app, engine, 'samples/', from);
  return actions;
}

/** The state of the app, and of the screen. */
const state = () => ({ ...app.getState(), ...actions.store.getState() });
const box = (x: number) => ({ kind: 'box', box: { x, y: 100, width: 100, height: 200 } }) as const;

it('opens a photo and searches it for people', async () => {
  await start().openFiles([file]);
  expect(asked).toMatchObject([{ regions: 'everybody', maps: 'none', transfer: false }]);
  expect(state()).toMatchObject({ work: 'none', photo: { name: 'a.jpg' }, people: [{ origin: { kind: 'found' } }] });
  expect(state().message).toBe('18 of 19 joints in 33 ms on WebAssembly.');
});

it('shows people as they are found, and keeps choices and removals made meanwhile', async () => {
  const photo = start();
  const rois = [100, 300, 500].map((cx) => ({ cx, cy: 200, side: 150 }));
  const people = rois.map((roi) => fakePerson(roi, 'none'));
  meanwhile = ({ onProgress }) => {
    onProgress?.({ people: people.slice(1), done: 16, total: 20 });
    expect(state()).toMatchObject({ searched: { done: 16, total: 20 }, work: 'estimating' });
    const [second, third] = state().people;
    expect(state().chosenPerson).toBe(second?.id);
    actions.store.setState({ chosenPerson: third?.id });
    photo.remove(second?.id ?? 0);
  };
  answer = { people, timings: { crop: 1, network: 32, total: 33 }, backend: 'wasm' };
  await photo.openFiles([file]);
  expect(state().people.map(({ result }) => result.roi.cx)).toEqual([100, 500]);
  expect(state().chosenPerson).toBe(state().people[1]?.id);
  expect(state().searched).toBeUndefined();
});

it('chooses the most confident person of the result if the user has chosen nobody meanwhile', async () => {
  const people = [100, 300].map((cx) => fakePerson({ cx, cy: 200, side: 150 }, 'none'));
  meanwhile = ({ onProgress }) => onProgress?.({ people: people.toReversed(), done: 2, total: 4 });
  answer = { people, timings: { crop: 1, network: 32, total: 33 }, backend: 'wasm' };
  await start().openFiles([file]);
  expect(state().chosenPerson).toBe(state().people[0]?.id);
});

it('detects a person in every box, including those drawn during another pass', async () => {
  const photo = start();
  await photo.openFiles([file]);
  await Promise.all([photo.detect(box(0)), photo.detect(box(200)), photo.detect(box(400))]);
  expect(state().people.map(({ origin }) => origin)).toEqual([{ kind: 'found' }, box(0), box(200), box(400)]);
  expect(state().chosenPerson).toBe(state().people.at(-1)?.id);
});

it('zooms further from the current factor up to the limit, and by 0 back to the whole photo', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const centre = imagePoint(320, 240);
  photo.store.setState({ viewer: { width: 160, height: 120 }, zoom: { factor: 20, centre } });
  photo.zoomBy(1.5);
  expect(state().zoom?.factor).toBeCloseTo(30);
  photo.zoomBy(1.5);
  expect(state().zoom?.factor).toBeCloseTo(32); // 8 CSS pixels per image pixel
  photo.zoomBy(0);
  expect(state().zoom).toBeUndefined();
});

it('removes a person, and starts over when searching again', async () => {
  const photo = start();
  await photo.openFiles([file]);
  await photo.detect(box(0));
  await photo.detect({ kind: 'point', at: imagePoint(500, 200) });
  photo.remove(state().people[0]?.id ?? -1);
  expect(state().message).toBe('Person 1 removed.');
  expect(state().people).toMatchObject([{ origin: box(0) }, { origin: { kind: 'point' } }]);
  await photo.findAgain();
  expect(state().people).toMatchObject([{ origin: { kind: 'found' } }]);
});

it('says again that nobody is where the user pointed, or that a person was removed, so that it is read out again', async () => {
  const photo = start();
  await photo.openFiles([file]);
  await photo.detect(box(0));
  const said: string[] = [];
  app.subscribe(({ message }, before) => message !== before.message && said.push(message.replace('\u200b', '')));
  for (const { id } of state().people) photo.remove(id);
  answer = { people: [], timings: { crop: 1, network: 32, total: 33 }, backend: 'wasm' };
  for (const x of [100, 300]) await photo.detect({ kind: 'point', at: imagePoint(x, 200) });
  expect(said).toEqual([...['Person 1 removed.', 'Person 1 removed.'], ...[nobodyThereSentence, nobodyThereSentence]]);
});

it('keeps the chosen person when another is removed', async () => {
  const photo = start();
  await photo.openFiles([file]);
  for (const x of [0, 200, 400]) await photo.detect(box(x));
  const [first, second] = state().people;
  photo.store.setState({ chosenPerson: first?.id });
  photo.remove(second?.id ?? -1);
  expect(state().chosenPerson).toBe(first?.id);
});

it('stays busy until all work is done: a bad file does not hide a pass', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const detection = photo.detect(box(0));
  await photo.openDropped([]);
  expect(state().work).toBe('estimating');
  await detection;
  expect(state().work).toBe('none');
});

it('fetches maps only when the page shows them, and only those missing', async () => {
  const photo = start();
  await photo.openFiles([file]);
  photo.setInspecting(true);
  photo.setOverlay({ heat: 'all' });
  await vi.waitFor(() => expect(state()).toMatchObject({ work: 'none', people: [{ result: { fineMaps: expect.anything() } }] }));
  expect(asked.map(({ maps }) => maps)).toEqual(['none', 'all']);
});

it('computes maps that could not be computed on request, after the notice was closed or instead of its button', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const failMaps = async () => {
    fail = new EngineError({ code: 'estimate-failed', detail: '' });
    photo.setInspecting(true);
    await vi.waitFor(() => expect(state()).toMatchObject({ notice: { code: 'estimate-failed' }, work: 'none' }));
    fail = undefined;
  };
  await failMaps();
  app.setState({ notice: undefined });
  await photo.retryMaps();
  expect(state()).toMatchObject({ notice: undefined, people: [{ result: { fineMaps: expect.anything() } }] });
  await photo.openDropped([]);
  await photo.detect(box(0)); // a success, and nothing is left to retry
  expect(state().notice).toBeUndefined();

  await photo.openFiles([file]);
  photo.store.setState(({ people }) => ({
    people: people.map((one) => ({ ...one, result: fakePerson(one.result.roi, 'none') })),
  }));
  await failMaps();
  app.setState({ engine: { state: 'failed', failure: { code: 'worker-crashed', detail: '' } } });
  await photo.retryMaps();
  expect(engine.restart).toHaveBeenCalledTimes(1);
  expect(state()).toMatchObject({ notice: undefined, people: [{ result: { fineMaps: expect.anything() } }] });
});

it('leaves a notice about something else when maps are computed on request', async () => {
  const photo = start();
  await photo.openFiles([file]);
  await photo.openDropped([]);
  await photo.retryMaps();
  expect(state().notice?.code).toBe('nothing-given');
});

it('closes the bitmap of a replaced photo, and drops its passes', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const late = photo.detect(box(0));
  await photo.openFiles([file]);
  await late;
  expect(closed).toBe(1);
  expect(state().people).toMatchObject([{ origin: { kind: 'found' } }]);
});

it('continues detecting when a bad file is rejected', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const detection = photo.detect(box(0));
  await photo.openDropped([]);
  await detection;
  expect(state().people).toMatchObject([{ origin: { kind: 'found' } }, { origin: box(0) }]);
});

it('reports a bad file and keeps the open photo', async () => {
  const photo = start();
  await photo.openFiles([file]);
  undecodable = new SourceError('heic', 'b.heic');
  await photo.openFiles([file]);
  expect(state()).toMatchObject({ notice: { code: 'heic' }, work: 'none', photo: { name: 'a.jpg' } });
  await photo.openDropped([]);
  expect(state().notice).toMatchObject({ code: 'nothing-given' });
});

it('lists the samples when its screen is shown, and does not report a failure on another screen', async () => {
  app.setState({ screen: 'live', message: 'The camera is off.', notice: report(new SourceError('camera-none')) });
  const offline = { ...source, listSamples: () => Promise.reject(new SourceError('sample-unreachable')) };
  const photo = start(offline);
  const entering = photo.enter();
  expect(state()).toMatchObject({ screen: 'photo', message: '', notice: undefined });
  await entering;
  expect(state().notice?.code).toBe('sample-unreachable');
  const again = photo.enter();
  app.setState({ screen: 'live' });
  await again;
  expect(state().notice).toBeUndefined();
});

it('retries a failed search', async () => {
  const photo = start();
  fail = new EngineError({ code: 'estimate-failed', detail: '' });
  await photo.openFiles([file]);
  expect(state()).toMatchObject({ notice: { code: 'estimate-failed', remedy: 'retry' }, people: [] });
  fail = undefined;
  await retry(app, engine);
  expect(state()).toMatchObject({ notice: undefined, people: [{ origin: { kind: 'found' } }] });
});

it('retries everything that failed, and keeps the notice until then', async () => {
  const photo = start();
  fail = new EngineError({ code: 'worker-crashed', detail: '' });
  await Promise.all([
    photo.openFiles([file]),
    vi.waitFor(() => expect(state().photo).toBeDefined()).then(() => photo.detect(box(0))),
  ]);
  expect(state()).toMatchObject({ notice: { code: 'worker-crashed' }, people: [], waiting: [] });
  fail = undefined;
  await photo.detect(box(500));
  expect(state()).toMatchObject({ notice: { code: 'worker-crashed' }, people: [{ origin: box(500) }] });
  await retry(app, engine);
  expect(state().notice).toBeUndefined();
  expect(state().people.map(({ origin }) => origin)).toEqual([{ kind: 'found' }, box(500), box(0)]);
});

it('holds back a failure while another screen is shown, and reports it on return', async () => {
  const photo = start();
  await photo.openFiles([file]);
  fail = new EngineError({ code: 'estimate-failed', detail: '' });
  app.setState({ screen: 'annotate', notice: report(new SourceError('unreadable')) });
  await photo.detect(box(0));
  expect(state().notice?.code).toBe('unreadable');
  await photo.enter();
  expect(state().notice?.code).toBe('estimate-failed');
  fail = undefined;
  await retry(app, engine);
  expect(state().people).toMatchObject([{ origin: { kind: 'found' } }, { origin: box(0) }]);
});

it('keeps a box in the waiting list until its pass has ended', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const detection = photo.detect(box(0));
  expect(state().waiting).toEqual([box(0)]);
  await detection;
  expect(state().waiting).toEqual([]);
});

it('does not count one person twice, however few joints are drawn', async () => {
  const photo = start();
  await photo.openFiles([file]);
  const [found] = state().people;
  app.setState({ threshold: 0.99 });
  const { cx, cy, side } = found?.result.roi ?? { cx: 0, cy: 0, side: 0 };
  await photo.detect({ kind: 'box', box: { x: cx - side / 2, y: cy - side / 2, width: side, height: side } });
  expect(state().people).toMatchObject([{ origin: { kind: 'box' } }]);
});

it('fetches the maps of a crowd in two requests, the chosen person first', async () => {
  const rois = [100, 300, 500].map((cx) => ({ cx, cy: 200, side: 150 }));
  answer = { people: rois.map((roi) => fakePerson(roi, 'none')), timings: { crop: 1, network: 32, total: 33 }, backend: 'wasm' };
  const photo = start();
  await photo.openFiles([file]);
  answer = undefined;
  photo.store.setState({ chosenPerson: state().people[2]?.id });
  photo.setInspecting(true);
  await vi.waitFor(() => expect(state().people.every(({ result }) => result.fineMaps)).toBe(true));
  expect(asked.slice(1).map(({ regions }) => regions)).toEqual([
    [{ roi: rois[2], refine: false }],
    [rois[0], rois[1]].map((roi) => ({ roi, refine: false })),
  ]);
});

it('opens and searches a sample that is fetched only on retry', async () => {
  const fetchSample = vi.fn(source.fetchSample).mockRejectedValueOnce(new SourceError('sample-unreachable'));
  const photo = start({ ...source, fetchSample });
  await photo.openSample({ file: 'a.jpg' } as Sample);
  expect(state()).toMatchObject({ notice: { code: 'sample-unreachable', remedy: 'retry' }, work: 'none' });
  await retry(app, engine);
  expect(state()).toMatchObject({ notice: undefined, work: 'none', people: [{ origin: { kind: 'found' } }] });
});

it('does not repeat what succeeded when the engine fails later', async () => {
  const photo = start();
  await photo.openFiles([file]);
  await photo.detect(box(0));
  app.setState({ engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  await retry(app, engine);
  expect(asked).toHaveLength(2);
  expect(state().people).toMatchObject([{ origin: { kind: 'found' } }, { origin: box(0) }]);
});

it('restarts a failed engine on retry', async () => {
  app.setState({ engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  await retry(app, engine);
  expect(engine.restart).toHaveBeenCalled();
});

it('finds people without announcing it on another screen', async () => {
  const photo = start();
  app.setState({ screen: 'annotate', message: '3 images added.', notice: report(new SourceError('unreadable')) });
  await photo.openFiles([file]);
  expect(state().people).toHaveLength(1);
  expect(state()).toMatchObject({ message: '3 images added.', notice: { code: 'unreadable' } });
});
