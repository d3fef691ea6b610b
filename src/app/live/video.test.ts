import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { AGAIN_MS } from '../../engine/newest';
import type { EstimateRequest, PersonResult, TrackedRegions } from '../../engine/protocol';
import { SourceError } from '../../source/error';
import type { Player, PlayerEvents } from '../../source/player';
import type { VideoFile } from '../../source/video-file';
import { FAKE_READY, fakeEstimate, fakePerson } from '../../testing/fake-client';
import type { Engine } from '../shell/engine';
import { report } from '../shell/report';
import { retry } from '../shell/retry';
import { type AppStore, createAppStore } from '../shell/store';
import { createLiveActions, type LiveActions } from './actions';
import type { LiveSource } from './live-source';

const SIZE = { width: 640, height: 480 };
const LEFT = fakePerson({ cx: 130, cy: 240, side: 240 }, 'none');
const RIGHT = fakePerson({ cx: 510, cy: 240, side: 240 }, 'none');
const file = { name: 'a.webm' } as File;
const other = { name: 'b.webm' } as File;

let app: AppStore;
let live: LiveActions;
let refuse: unknown;
let asked: EstimateRequest[];
let found: readonly PersonResult[] | undefined; // in place of what the fake engine finds
let playing: { signal: AbortSignal; events: PlayerEvents } | undefined;
let closed: string[];
let plays: boolean;
const player = {
  play: vi.fn(() => {
    plays = true;
  }),
  pause: vi.fn(() => {
    const before = plays;
    plays = false;
    return before;
  }),
  toggle: vi.fn(),
  seek: vi.fn(),
  step: vi.fn(),
  setLoop: vi.fn(),
  repeatFrame: vi.fn(),
} satisfies Player;

const source: LiveSource = {
  openCamera: async () => ({ stream: {} as MediaStream, id: 'a', label: 'Camera a', facing: undefined, ...SIZE, stop: vi.fn() }),
  listCameras: async () => [],
  onCamerasChanged: () => () => undefined,
  recall: () => ({}),
  remember: vi.fn(),
  playFrames: () => undefined,
  grabFrame: async (_, time) => ({ bitmap: {} as ImageBitmap, ...SIZE, time }),
  openVideo: async (_, { name }): Promise<VideoFile> => {
    if (refuse) throw refuse;
    return { name, blob: new Blob(), url: `blob:${name}`, ...SIZE, duration: 4, close: () => closed.push(name) };
  },
  playVideo: (signal, _, _file, events) => {
    playing = { signal, events };
    plays = true;
    return player;
  },
  now: () => 0,
  isHidden: () => false,
};

const engine: Engine = {
  client: async () => ({
    estimate: async (_, request) => {
      asked.push(request);
      return { ...fakeEstimate(request), ...(found && { people: found }) };
    },
    dispose: async () => undefined,
  }),
  restart: vi.fn(),
  dispose: async () => undefined,
};

const settled = () => new Promise((resolve) => setImmediate(resolve)); // not setTimeout, which some tests fake

async function frame(captured: number, position: number, fresh: boolean): Promise<void> {
  playing?.events.onFrame(captured, { position, fresh });
  await settled();
}

function fakeTimeouts(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}

afterEach(() => live.stop());

beforeEach(async () => {
  vi.clearAllMocks();
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  [refuse, asked, found, playing, closed] = [undefined, [], undefined, undefined, []];
  app = createAppStore();
  app.setState({ engine: { state: 'ready', ready: FAKE_READY } });
  live = createLiveActions(app, engine, source);
  live.attach({} as HTMLVideoElement);
  await live.openVideo(file);
});

/** The state of the app, and of the screen. */
const state = () => ({ ...app.getState(), live: live.store.getState() });

it('opens a video in place of a camera, unmirrored, and says so', () => {
  expect(state()).toMatchObject({
    message: 'a.webm opened, 640 × 480 pixels.',
    live: { phase: 'starting', mirrored: false, ...SIZE, video: { name: 'a.webm', duration: 4, position: 0, playing: false } },
  });
  playing?.events.onChange({ position: 1.5, playing: true, loop: true });
  expect(state().live.video).toEqual({ name: 'a.webm', duration: 4, position: 1.5, playing: true, loop: true });
});

it.each(['camera-muted', 'camera-silent'] as const)('forgets that the camera it replaces was silent: %s', async (code) => {
  live.stop();
  const opening = live.openVideo(other);
  app.setState({ notice: report(new SourceError(code)) });
  await opening;
  expect(state()).toMatchObject({ notice: undefined, live: { video: { name: 'b.webm' } } });
});

it('opens the first of several videos and says that the others are ignored; reports a folder', async () => {
  const items = [file, other].map((one) => ({ file: one, folder: undefined, kind: 'video' as const }));
  await live.openDropped(items);
  expect(state().message).toBe('a.webm opened, 640 × 480 pixels. 1 other file ignored: one video at a time.');
  const folder = { file: undefined, folder: {} as FileSystemDirectoryEntry };
  await live.openDropped([{ file: { name: 'notes.txt', type: '' } as File, folder: undefined, kind: 'unknown' }, folder]);
  expect(state().notice?.code).toBe('folder');
});

it('tracks people from frame to frame, and searches the whole frame again after a jump', async () => {
  await frame(10, 0, true);
  await frame(43, 0.033, false);
  expect(asked.map(({ regions }) => regions)).toMatchObject([{ rois: [] }, { rois: [expect.anything()] }]);
  expect(state().live).toMatchObject({ people: [{ time: 43 }], frame: { time: 43, position: 0.033, follows: true } });
  playing?.events.onFrame(99, { position: 2, fresh: true });
  expect(state().live.people).toBeUndefined(); // its joints do not belong on this frame
  await settled();
  expect(asked.at(-1)?.regions).toEqual({ rois: [], detect: true });
  expect(state().live).toMatchObject({ people: [{ time: 99 }], frame: { position: 2, follows: false } });
});

it('keeps the list of people unchanged while a step is in progress', async () => {
  found = [LEFT, RIGHT];
  await frame(0, 1, true);
  playing?.events.onFrame(50, { position: 1.1, fresh: true });
  expect(state().live).toMatchObject({ people: undefined, known: [1, 2] });
});

it('searches for a person who has left for as long when stepping as when playing', async () => {
  fakeTimeouts();
  found = [LEFT, RIGHT];
  await frame(0, 1, true);
  found = [RIGHT];
  for (let i = 1; i <= 5; i += 1) await frame(5000 * i, 1 + 0.1 * i, true);
  expect(asked.map(({ regions }) => (regions as TrackedRegions).rois.length)).toEqual([0, 2, 2, 1, 1, 1]);
  app.setState({ work: 'estimating' });
  await frame(30_000, 1.6, true);
  await vi.advanceTimersByTimeAsync(3 * AGAIN_MS); // retried repeatedly, which takes it no further away in the video
  app.setState({ work: 'none' });
  found = [LEFT, RIGHT];
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(state().live.people?.map(({ id }) => id)).toEqual([1, 2]);
});

it('repeats the frame of a paused video when a display setting changes', () => {
  live.set({ heat: true });
  expect(player.repeatFrame).toHaveBeenCalledOnce();
  playing?.events.onChange({ position: 0, playing: true, loop: false });
  live.set({ heat: false });
  expect(player.repeatFrame).toHaveBeenCalledOnce();
});

it('retries a dropped frame of a paused video, since no other would arrive', async () => {
  fakeTimeouts();
  app.setState({ work: 'estimating' });
  await frame(10, 1, true);
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(3 * AGAIN_MS); // it is tried more than once
  app.setState({ work: 'none' });
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(state().live).toMatchObject({ people: [{ id: 1 }], frame: { position: 1 } });
  expect(state().live.stats).toMatchObject({ dropped: 0, frames: 1 });
  expect(asked.map(({ regions }) => regions)).toEqual([{ rois: [], detect: true }]);
});

it('pauses while the page is hidden, and resumes only if it was playing', () => {
  const hideAndShow = () => {
    live.setHidden(true);
    expect(plays).toBe(false);
    live.setHidden(false);
  };
  hideAndShow();
  expect(plays).toBe(true);
  player.pause();
  hideAndShow();
  expect(plays).toBe(false);
});

it('holds a video opened while the page is hidden until it is shown, whatever played before', async () => {
  player.pause();
  live.setHidden(true);
  await live.openVideo(other);
  expect(plays).toBe(false);
  live.setHidden(false);
  expect(plays).toBe(true);
  live.setHidden(true);
  live.stop();
  player.play.mockClear();
  live.setHidden(false);
  expect(player.play).not.toHaveBeenCalled();
});

it('releases the file when it is closed, or replaced by another file or the camera', async () => {
  await live.openVideo(other);
  expect(closed).toEqual(['a.webm']);
  await live.start();
  expect(closed).toEqual(['a.webm', 'b.webm']);
  expect(state().live).toMatchObject({ video: undefined, camera: 'a' });
  await live.openVideo(file);
  live.stop();
  expect(closed).toEqual(['a.webm', 'b.webm', 'a.webm']);
  expect(state()).toMatchObject({ live: { phase: 'off', video: undefined }, message: 'The video is closed.' });
  live.player.toggle();
  expect(player.toggle).not.toHaveBeenCalled();
});

it('keeps playing when another file cannot be opened', async () => {
  refuse = new SourceError('video-unsupported', 'b.mp4');
  await live.openVideo(other);
  expect(state()).toMatchObject({ live: { video: { name: 'a.webm' } }, notice: { code: 'video-unsupported' } });
  expect([closed, playing?.signal.aborted]).toEqual([[], false]);
});

it('reports a damaged video, and reopens it on retry', async () => {
  playing?.events.onFailed(new SourceError('video-damaged', 'a.webm'));
  expect(state()).toMatchObject({ live: { phase: 'off', video: undefined }, notice: { code: 'video-damaged' } });
  await retry(app, engine);
  expect(state()).toMatchObject({ live: { video: { name: 'a.webm' } }, notice: undefined });
});

it('opens a video even if the one playing meanwhile fails', async () => {
  const opening = live.openVideo(other);
  playing?.events.onFailed(new SourceError('video-damaged', 'a.webm'));
  expect(state().live.phase).toBe('off');
  await opening;
  expect(state().live).toMatchObject({ phase: 'starting', video: { name: 'b.webm' } });
  expect(closed).toEqual(['a.webm']);
});

it('does not open a video if a camera is started meanwhile', async () => {
  const opening = live.openVideo(other);
  await Promise.all([live.start(), opening]);
  expect(state().live).toMatchObject({ video: undefined, camera: 'a' });
  expect(closed).toEqual(['a.webm', 'b.webm']);
});

it('closes a file that is still being opened when the screen is left', async () => {
  live.stop();
  closed.length = 0;
  const opening = live.openVideo(other);
  live.stop();
  await opening;
  expect(closed).toEqual(['b.webm']);
  expect(state().live.phase).toBe('off');
});
