import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { EngineError } from '../../engine/error';
import type { EstimateRequest, EstimateResult } from '../../engine/protocol';
import { imagePoint } from '../../pose/space';
import type { Camera, CameraEvents, CameraInfo, Wanted } from '../../source/camera';
import { SourceError } from '../../source/error';
import { FAKE_READY, fakeEstimate, fakePerson } from '../../testing/fake-client';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { retry } from '../shell/retry';
import { type AppStore, createAppStore } from '../shell/store';
import { createLiveActions, type LiveActions } from './actions';
import { createJointRecorder } from './joint-recorder';
import type { LiveSource } from './live-source';
import type { Remembered } from './memory';
import { wantedPeople } from './state';

const SIZE = { width: 640, height: 480 };
const element = {} as HTMLVideoElement;

let app: AppStore;
let live: LiveActions;
let clock: number;
let wanted: Wanted[];
let lines: number[];
let events: CameraEvents;
let refuse: unknown;
let stopped: number;
let remembered: Remembered;
let cameras: CameraInfo[];
let devicesChanged: () => void;
let bitmaps: number; // open ones
let size: typeof SIZE; // of the frames
let asked: EstimateRequest[];
let answers: { resolve(): void; reject(error: unknown): void }[];
let alter: (result: EstimateResult) => EstimateResult;
let playing: { signal: AbortSignal; onFrame(captured: number): void } | undefined;

const source: LiveSource = {
  openCamera: async (_, which, told, height): Promise<Camera> => {
    lines.push(height);
    wanted.push(which);
    if (refuse) throw refuse;
    events = told;
    const id = which.by === 'exact' ? which.id : 'a';
    const facing = which.by === 'facing' ? which.facing : undefined;
    return { stream: {} as MediaStream, id, label: `Camera ${id}`, facing, ...SIZE, stop: () => (stopped += 1) };
  },
  listCameras: async () => cameras,
  onCamerasChanged: (changed) => {
    devicesChanged = changed;
    return () => (devicesChanged = () => expect.unreachable());
  },
  recall: () => remembered,
  remember: (change) => (remembered = { ...remembered, ...change }),
  playFrames: (signal, _video, _stream, onFrame) => (playing = { signal, onFrame }),
  grabFrame: async (_, time) => {
    bitmaps += 1;
    return { bitmap: { close: () => (bitmaps -= 1) } as unknown as ImageBitmap, ...size, time };
  },
  openVideo: () => expect.unreachable(),
  playVideo: () => expect.unreachable(),
  now: () => clock,
  isHidden: () => false,
};

const engine: Engine = {
  client: async () => ({
    estimate: (signal, request) => {
      asked.push(request);
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          request.frame.bitmap.close();
          settle();
        };
        signal.addEventListener('abort', () => end(() => reject(signal.reason)));
        answers.push({
          resolve: () => end(() => resolve(alter(fakeEstimate(request)))),
          reject: (error) => end(() => reject(error)),
        });
      });
    },
    dispose: async () => undefined,
  }),
  restart: vi.fn(),
  dispose: async () => undefined,
};

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** Delivers a camera frame, which is processed if no other is in flight. */
async function frame(time: number): Promise<void> {
  clock = time;
  playing?.onFrame(time);
  await settled();
}

/** Answers the latest request to the engine. */
async function answer(time: number): Promise<void> {
  clock = time;
  answers.at(-1)?.resolve();
  await settled();
}

afterEach(() => live.stop());

beforeEach(async () => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  vi.mocked(engine.restart).mockClear();
  [clock, wanted, refuse, stopped, remembered, bitmaps, asked, answers] = [0, [], undefined, 0, {}, 0, [], []];
  [lines, size] = [[], SIZE];
  [cameras, alter, playing] = [[{ id: 'a', label: 'Camera a' }], (result) => result, undefined];
  app = createAppStore();
  app.setState({ engine: { state: 'ready', ready: FAKE_READY } });
  live = createLiveActions(app, engine, source);
});

/** The state of the app, and of the screen. */
const state = () => ({ ...app.getState(), live: live.store.getState() });

async function started(): Promise<void> {
  await live.start();
  live.attach(element);
}

it('opens the camera, searches the whole first frame, then tracks the people found', async () => {
  await started();
  expect(state()).toMatchObject({ live: { phase: 'starting', camera: 'a', cameras }, message: 'Camera a is on.' });
  await frame(10);
  await answer(50);
  expect(asked).toMatchObject([{ regions: { rois: [], detect: true }, maps: 'none', transfer: true }]);
  expect(state()).toMatchObject({ live: { phase: 'running', ...SIZE, people: [] } }); // a person is shown from the second frame on
  await frame(60);
  expect(asked[1]?.regions).toMatchObject({ rois: [expect.anything()] });
  await answer(90);
  expect(state()).toMatchObject({ live: { people: [{ id: 1, time: 60 }] } });
});

it('has one frame in flight; of the frames arriving meanwhile, processes only the newest, and keeps no bitmap waiting', async () => {
  await started();
  await frame(0);
  for (const time of [33, 66, 99]) await frame(time);
  expect(asked).toHaveLength(1);
  expect(bitmaps).toBe(1);
  await answer(600);
  expect(asked.map((request) => request.frame.time)).toEqual([0, 99]);
  await answer(1200);
  expect(bitmaps).toBe(0);
  expect(state().live.stats).toMatchObject({ frames: 4, dropped: 2 });
});

it('searches the whole frame again when confidence drops, and shows nobody when nobody is found', async () => {
  await started();
  alter = (result) => ({
    ...result,
    people: result.people.map((p) => ({ ...p, pose: p.pose.map((j) => ({ ...j, score: 0.1 })) })),
  });
  await frame(0);
  await answer(30);
  await frame(33);
  expect(asked.map(({ regions }) => regions)).toEqual([
    { rois: [], detect: true },
    { rois: [], detect: true },
  ]);
  alter = (result) => ({ ...result, people: [] });
  await answer(60);
  expect(state().live.people).toEqual([]);
});

it('processes no frames while the page is hidden', async () => {
  await started();
  live.setHidden(true);
  await frame(0);
  expect(asked).toHaveLength(0);
  live.setHidden(false);
  await frame(33);
  expect(asked).toHaveLength(1);
});

it('releases everything when stopped, even with a frame in flight', async () => {
  await started();
  await frame(0);
  live.stop();
  await settled();
  expect([stopped, bitmaps, playing?.signal.aborted]).toEqual([1, 0, true]);
  expect(state()).toMatchObject({ live: { phase: 'off', people: undefined }, notice: undefined });
  live.stop();
  expect(stopped).toBe(1);
});

it('clears the notice and message of another screen when entered, and its own camera notice when stopped', async () => {
  app.setState({ notice: report(new SourceError('heic')), message: 'Opened.' });
  live.enter();
  expect(state()).toMatchObject({ notice: undefined, message: '' });
  await started();
  live.stop();
  expect(state()).toMatchObject({ live: { phase: 'off' }, message: 'The camera is off.' });
  expect(stopped).toBe(1);
  refuse = new SourceError('camera-none');
  await live.start();
  live.stop();
  expect(state().notice).toBeUndefined();
});

it('marks the people as unknown when stopped, so that no track in a recording ends there', async () => {
  await started();
  await frame(0);
  await answer(10);
  await frame(20);
  await answer(30);
  expect(state().live.people).not.toHaveLength(0);
  live.stop();
  expect(wantedPeople(state().live)).toBeUndefined();
});

it('closes a bitmap that arrives after stopping', async () => {
  await started();
  playing?.onFrame(0);
  await Promise.resolve(); // the client is there, the bitmap is being made
  live.stop();
  await settled();
  expect([asked.length, bitmaps]).toEqual([0, 0]);
});

it('reports that camera access was refused, and asks again on retry', async () => {
  refuse = new SourceError('camera-refused');
  await live.start();
  expect(state()).toMatchObject({ live: { phase: 'off' }, notice: { code: 'camera-refused', remedy: 'retry' } });
  refuse = undefined;
  await retry(app, engine);
  expect(state()).toMatchObject({ live: { phase: 'starting' }, notice: undefined });
});

it.each([0, 1, 2])('stays off when it is stopped %i ticks after it asked for the camera', async (ticks) => {
  const starting = live.start();
  for (let tick = 0; tick < ticks; tick++) await undefined;
  live.stop();
  await starting;
  expect(state()).toMatchObject({ live: { phase: 'off' } });
  expect(playing).toBeUndefined();
});

it('restarts the engine, but opens no camera, when its failure is retried on another screen', async () => {
  await started();
  await frame(0);
  app.setState({ engine: { state: 'failed', failure: { code: 'worker-crashed', detail: '' } } });
  answers.at(-1)?.reject(new EngineError({ code: 'worker-crashed', detail: '' }));
  await settled();
  expect(state()).toMatchObject({ live: { phase: 'off' }, notice: { code: 'worker-crashed' } });
  live.stop(); // as when the screen is left
  await retry(app, engine);
  expect(engine.restart).toHaveBeenCalledOnce();
  expect(state()).toMatchObject({ live: { phase: 'off' }, notice: undefined });
  expect(wanted).toHaveLength(1);
});

it('opens no camera when retrying a failure of another screen', async () => {
  const again = vi.fn(async () => undefined);
  app.setState({ notice: { ...report(new SourceError('sample-unreachable')), again } });
  await retry(app, engine);
  expect(wanted).toEqual([]);
  expect(again).toHaveBeenCalledOnce();
  await started();
  app.setState({ notice: report(new SourceError('unreadable')) });
  await retry(app, engine);
  expect(wanted).toHaveLength(1);
});

it('reports that the camera was unplugged, and releases it', async () => {
  await started();
  events.onEnded();
  expect(state()).toMatchObject({ live: { phase: 'off' }, notice: { code: 'camera-ended' } });
  expect(stopped).toBe(1);
});

it('keeps the message of a recording that ends because the camera was unplugged', async () => {
  const recorder = createJointRecorder(app, live.store, vi.fn(), () => true);
  await started();
  await frames(2, LEFT);
  recorder.toggle();
  await frames(2, LEFT);
  events.onEnded();
  expect(state()).toMatchObject({ notice: { code: 'camera-ended' }, live: { series: { running: false, frames: 3 } } });
  expect(state().message).toContain('3 frames recorded');
});

it('reports a muted camera, and clears the notice when it is unmuted', async () => {
  await started();
  events.onMute();
  expect(state()).toMatchObject({ live: { phase: 'starting' }, notice: { code: 'camera-muted' } });
  events.onUnmute();
  expect(state().notice).toBeUndefined();
});

it.each([
  ['whatever else was reported before', 'recorder-none', 'camera-silent'],
  ['unless it is reported as muted', 'camera-muted', 'camera-muted'],
] as const)('reports a camera that sends nothing, %s', async (_, before, after) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  await started();
  app.setState({ notice: report(new SourceError(before)) });
  vi.advanceTimersByTime(10_000);
  expect(state().notice?.code).toBe(after);
});

it('switches cameras, remembers the choice, and mirrors all but those that face away', async () => {
  await started();
  const change = live.chooseCamera('b');
  expect(state().live.phase).toBe('changing'); // the screen stays as it is
  await change;
  expect([stopped, remembered]).toEqual([1, { camera: 'b' }]);
  expect(wanted).toEqual([
    { by: 'preferred', id: undefined },
    { by: 'exact', id: 'b' },
  ]);
  expect(state().live).toMatchObject({ camera: 'b', mirrored: true });
  await live.flipCamera();
  await live.flipCamera();
  await live.flipCamera();
  expect(wanted.slice(2)).toMatchObject([{ facing: 'environment' }, { facing: 'user' }, { facing: 'environment' }]);
  expect(state().live.mirrored).toBe(false);
});

it('requests the chosen resolution, reopening a camera that is on, and remembers it', async () => {
  live.set({ lines: 1080 });
  expect(wanted).toEqual([]);
  await started();
  live.set({ lines: 480 });
  await settled();
  expect(wanted[1]).toEqual({ by: 'exact', id: 'a' });
  expect([lines, stopped, remembered.lines]).toEqual([[1080, 480], 1, 480]);
  live.set({ heat: true });
  expect(wanted).toHaveLength(2);
});

it('opens the camera that is being switched to at a resolution chosen meanwhile', async () => {
  await started();
  void live.chooseCamera('b');
  live.set({ lines: 480 });
  await settled();
  expect(wanted.slice(1)).toEqual([
    { by: 'exact', id: 'b' },
    { by: 'exact', id: 'b' },
  ]);
  expect(lines.at(-1)).toBe(480);
});

it('remembers whether to mirror cameras, except those that face away', async () => {
  await started();
  live.set({ mirrored: false });
  expect(remembered.mirror).toBe(false);
  const next = createAppStore();
  const later = createLiveActions(next, engine, source);
  await later.start();
  expect(later.store.getState().mirrored).toBe(false);
  later.set({ mirrored: true });
  await later.flipCamera();
  expect(later.store.getState().mirrored).toBe(false);
  await later.flipCamera();
  expect(later.store.getState().mirrored).toBe(true);
});

it('can mirror a camera that faces away while it is on, but does not remember that', async () => {
  await started();
  await live.flipCamera();
  live.set({ mirrored: true });
  expect(state().live.mirrored).toBe(true);
  live.set({ mirrored: false });
  expect([state().live.mirrored, remembered.mirror]).toEqual([false, undefined]);
  await live.flipCamera();
  expect(state().live.mirrored).toBe(true);
});

it('applies the settings of a link without remembering them, names unknown ones, and creates a link', async () => {
  await started();
  live.readLink('threshold=35&smoothing=50&trails=wrists&mirror=0&heat=1');
  expect(state()).toMatchObject({
    threshold: 0.35,
    live: { smoothing: 0.5, trails: 'wrists', mirrored: false, heat: true, lines: 720 },
  });
  expect(remembered).toEqual({});
  expect(live.link()).toBe('threshold=35&smoothing=50&heat=1&trails=wrists&mirror=0');
  live.readLink('zoom=3&heat=yes');
  expect(state()).toMatchObject({ threshold: 0.2, live: { heat: false, trails: 'off', mirrored: false } });
  expect(state().message).toContain('zoom, heat');
});

it('names the unknown settings of a link again if it is opened again, so that they are read out again', () => {
  const said = [1, 2].map(() => {
    live.readLink('zoom=3');
    return state().message;
  });
  expect(said[1]).not.toBe(said[0]);
  expect(said[1]).toContain('zoom');
});

it('changes the resolution only if a link sets it', async () => {
  await started();
  live.set({ lines: 1080 });
  await settled();
  live.readLink('smoothing=50');
  await settled();
  expect([state().live.lines, lines]).toEqual([1080, [720, 1080]]);
  live.readLink('lines=480');
  await settled();
  expect([state().live.lines, lines]).toEqual([480, [720, 1080, 480]]);
});

it('keeps the trails of the joints only while they are drawn', async () => {
  await started();
  live.set({ trails: 'both' });
  for (const time of [0, 33, 66]) {
    await frame(time);
    await answer(time + 20);
  }
  expect(state().live.people?.[0]?.trail.map(({ time }) => time)).toEqual([33, 66]);
  live.set({ trails: 'off' });
  await frame(99);
  await answer(110);
  expect(state().live.people?.[0]?.trail).toEqual([]);
});

it('drops earlier trails when the frame size changes, as when a phone is rotated', async () => {
  await started();
  live.set({ trails: 'both' });
  for (const time of [0, 33, 66]) {
    await frame(time);
    await answer(time + 20);
  }
  size = { width: SIZE.height, height: SIZE.width };
  for (const time of [99, 132]) {
    await frame(time);
    await answer(time + 20);
  }
  expect(state().live).toMatchObject({ ...size, people: [{ id: 2 }] });
  expect(state().live.people?.[0]?.trail.map(({ time }) => time)).toEqual([132]);
});

const [LEFT, RIGHT] = [130, 510].map((cx) => fakePerson({ cx, cy: 240, side: 240 }, 'none'));

/** Frames in which these people are found, a tenth of a second apart. */
async function frames(count: number, ...people: (typeof LEFT)[]): Promise<void> {
  alter = (result) => ({ ...result, people: people.flatMap((person) => person ?? []) });
  for (let i = 0; i < count; i += 1) {
    await frame(clock + 100);
    await answer(clock);
  }
}

it('follows only the person who is clicked, and nobody else in their place', async () => {
  await started();
  await frames(3, LEFT, RIGHT);
  const ids = state().live.people?.map(({ id }) => id);
  expect(ids).toHaveLength(2);
  live.followAt(imagePoint(510, 240));
  const { followed } = state().live;
  expect(state().message).toBe(`Following person ${followed} only.`);
  expect(wantedPeople(state().live)?.map(({ pose }) => (pose[0]?.x ?? 0) > 320)).toEqual([true]);

  await frames(20, LEFT); // gone for longer than anybody is remembered
  expect(state().live).toMatchObject({ followed, lost: true });
  expect(wantedPeople(state().live)).toEqual([]);
  expect(state().live.people).toHaveLength(1);

  live.followAt(imagePoint(320, 20)); // nobody is there
  expect(state().live).toMatchObject({ followed: undefined, lost: false });
  expect(wantedPeople(state().live)).toHaveLength(1);
});

it('does not reuse an id after the page was hidden for a long time', async () => {
  await started();
  await frames(3, LEFT);
  expect(state().live.people?.map(({ id }) => id)).toEqual([1]);
  clock += 3000;
  await frames(1, LEFT);
  expect(state().live.people?.map(({ id }) => id)).toEqual([1]); // a short pause
  live.setHidden(true);
  await frames(1);
  clock += 60_000;
  live.setHidden(false);
  await frames(2, LEFT);
  expect(state().live.people?.map(({ id }) => id)).toEqual([2]);
});

it('steps from one person to the next, then back to everybody', async () => {
  await started();
  await frames(3, LEFT, RIGHT);
  const seen = [1, 2, 3].map(() => {
    live.followNext();
    return state().live.followed;
  });
  expect(seen).toEqual([1, 2, undefined]);
});

it('lists everybody who is in view or was a moment ago', async () => {
  await started();
  await frames(2, LEFT);
  expect(state().live).toMatchObject({ known: [1], several: false });
  await frames(2, LEFT, RIGHT);
  await frames(5, LEFT);
  expect(state().live).toMatchObject({ known: [1, 2], several: true });
  await frames(10, LEFT);
  expect(state().live).toMatchObject({ known: [1], several: true });
  await live.chooseCamera('b');
  expect(state().live).toMatchObject({ known: [], several: false });
});

it('shows everybody again when another camera is opened: its people are different', async () => {
  await started();
  await frames(3, LEFT);
  live.follow(1);
  await live.chooseCamera('b');
  expect(state().live.followed).toBeUndefined();
});

it('lists and announces a newly connected camera', async () => {
  await started();
  cameras = [...cameras, { id: 'b', label: 'Camera b' }];
  devicesChanged();
  await settled();
  expect(state().live.cameras).toEqual(cameras);
  expect(state().message).toContain('Camera b');
});

it('keeps the last count of people beyond the limit while the detector does not run', async () => {
  await started();
  alter = (result) => ({ ...result, tooMany: 3 });
  await frame(0);
  await answer(10);
  alter = (result) => result;
  await frame(20);
  await answer(30);
  expect(state().live.tooMany).toBe(3);
});

it('continues after a lost device restarts, and stops if it does not', async () => {
  await started();
  await frame(0);
  await answer(10);
  await frame(20);
  answers[1]?.reject(new EngineError({ code: 'device-lost', detail: '' }));
  await settled();
  expect(state()).toMatchObject({ live: { phase: 'running', people: undefined } });
  await frame(33);
  expect(asked).toHaveLength(3);
  app.setState({ engine: { state: 'failed', failure: { code: 'device-lost', detail: '' } } });
  answers[2]?.reject(new EngineError({ code: 'device-lost', detail: '' }));
  await settled();
  expect(state()).toMatchObject({ live: { phase: 'off' }, notice: { code: 'device-lost' } });
  await retry(app, engine);
  expect(engine.restart).toHaveBeenCalledOnce();
});

it('requests maps when they are shown, and waits while a photo is being searched', async () => {
  await started();
  app.setState({ work: 'estimating' });
  await frame(0);
  expect(asked).toHaveLength(0);
  app.setState({ work: 'none' });
  live.set({ heat: true });
  for (const time of [33, 66]) {
    await frame(time);
    await answer(time + 20);
  }
  expect(asked).toMatchObject([{ maps: 'coarse' }, { maps: 'coarse' }]);
  expect(state().live.people?.[0]?.coarseMaps).toBeDefined();
});

it('measures the latency from capture to drawing', async () => {
  await started();
  await frame(0);
  await answer(40);
  clock = 50;
  live.drawn(0);
  await frame(600);
  await answer(640);
  expect(state().live.stats?.latency).toEqual({ median: 50, p95: 50 });
});

it('reports after a while that nobody is in view, until somebody is found', async () => {
  await started();
  const nobody = () => state().live.nobody;
  alter = (result) => ({ ...result, people: [] });
  await frame(10);
  await answer(50);
  expect(nobody()).toBe(false);
  await frame(1100);
  await answer(1150);
  expect(nobody()).toBe(true);
  alter = (result) => result;
  for (const time of [1200, 1233]) {
    await frame(time);
    await answer(time + 20);
  }
  expect(nobody()).toBe(false);
});
