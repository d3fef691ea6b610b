import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SourceError } from '../../source/error';
import { type Recorded, recordingFormat } from '../../source/recorder';
import { type AppStore, createAppStore } from '../shell/store';
import { createLiveStore, type LiveStore } from './state';
import { createVideoRecorder, type RecorderSource, type VideoRecorder } from './video-recorder';

const video = {} as HTMLVideoElement;

let app: AppStore;
let store: LiveStore;
let recorder: VideoRecorder;
let canvas: HTMLCanvasElement;
let saved: { name: string; content: Blob }[];
let bytes: (total: number) => void;
let stopped: number;
let settle: { resolve(recorded: Recorded): void; reject(error: unknown): void };
let refuse: unknown;
let frame: (() => void) | undefined;
let clock: number;
const compose = vi.fn();

const source: RecorderSource = {
  formatFor: (width, height) => recordingFormat(width, height, () => true),
  recordCanvas: (on, _, onBytes) => {
    if (refuse) throw refuse;
    [canvas, bytes] = [on, onBytes];
    const done = new Promise<Recorded>((resolve, reject) => {
      settle = { resolve, reject };
    });
    return { done, stop: () => (stopped += 1) };
  },
  watchFrames: (_, onFrame) => {
    frame = () => onFrame(0, 0);
    return () => (frame = undefined);
  },
  createCanvas: () => ({}) as HTMLCanvasElement,
  now: () => clock,
};

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function ended(size = 2_000_000, cut = false): Promise<void> {
  settle.resolve({ blob: { size } as Blob, extension: 'mp4', cut });
  await settled();
}

afterEach(() => vi.useRealTimers());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.clearAllMocks();
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  [saved, stopped, refuse, frame, clock] = [[], 0, undefined, undefined, 0];
  [app, store] = [createAppStore(), createLiveStore()];
  store.setState({ phase: 'running', width: 641, height: 480 });
  recorder = createVideoRecorder(app, store, (name, content) => saved.push({ name, content }), source);
});

it('records at the resolution of the source, paints whenever there is something new, and saves at the end', async () => {
  recorder.attach({ video, compose });
  recorder.toggle();
  expect([canvas.width, canvas.height]).toEqual([640, 480]); // encoders take even sizes only
  compose.mockClear();
  frame?.();
  store.setState({ nobody: true }); // nothing to paint
  expect(compose).toHaveBeenCalledTimes(1);
  clock = 3000;
  bytes(1_500_000);
  vi.advanceTimersByTime(600);
  expect(store.getState().recording).toEqual({ seconds: 3, bytes: 1_500_000 });
  recorder.toggle();
  expect([stopped, frame, store.getState().recording]).toEqual([1, undefined, undefined]);
  expect(recorder.atRisk).toBe(true); // the encoder has yet to deliver the file
  await ended();
  expect(recorder.atRisk).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
  expect(saved[0]?.name).toMatch(/^posecade [\dT-]+\.mp4$/);
  expect(app.getState().message).toMatch(/\.mp4 saved, 2\.0 MB\.$/);
});

it('records nothing before the first frame, while the size is not known', () => {
  store.setState({ phase: 'starting' });
  recorder.attach({ video, compose });
  recorder.toggle();
  expect([store.getState().recording, recorder.atRisk, compose.mock.calls]).toEqual([undefined, false, []]);
});

it('saves the recording when the viewer goes away or the size limit is reached', async () => {
  const leave = recorder.attach({ video, compose });
  recorder.toggle();
  leave();
  await ended();
  expect(saved).toHaveLength(1);
  recorder.toggle(); // there is nothing to record
  expect(store.getState().recording).toBeUndefined();
  recorder.attach({ video, compose });
  recorder.toggle();
  bytes(500e6);
  expect([stopped, store.getState().recording]).toEqual([2, undefined]);
  await ended(500e6);
  expect(saved).toHaveLength(2);
  expect(app.getState().message).toContain('reached its size limit');
});

it.each([
  ['another source starts', { phase: 'changing' }],
  ['the phone is turned', { width: 480, height: 641 }],
] as const)('saves the recording when %s', async (_, change) => {
  recorder.attach({ video, compose });
  recorder.toggle();
  store.setState(change);
  expect([stopped, store.getState().recording]).toEqual([1, undefined]);
  await ended();
  expect(saved).toHaveLength(1);
});

it('saves a recording that the browser has cut short, and says so', async () => {
  recorder.attach({ video, compose });
  recorder.toggle();
  await ended(2_000_000, true);
  expect(saved).toHaveLength(1);
  expect(app.getState().message).toMatch(/ saved, 2\.0 MB\. The browser ended the recording early\.$/);
  expect(store.getState().recording).toBeUndefined();
});

it('says again that it records if the recording before came out empty, so that it is read out again', async () => {
  recorder.attach({ video, compose });
  recorder.toggle();
  const first = app.getState().message;
  settle.reject(new SourceError('recording-empty'));
  await settled();
  recorder.toggle();
  expect(app.getState().message).not.toBe(first);
  expect(app.getState().message).toContain('Recording the video');
  await ended();
});

it('reports a recording that cannot start or comes out empty, and can record again afterwards', async () => {
  recorder.attach({ video, compose });
  refuse = new SourceError('recorder-none');
  recorder.toggle();
  expect([app.getState().notice?.code, store.getState().recording]).toEqual(['recorder-none', undefined]);
  refuse = undefined;
  recorder.toggle();
  settle.reject(new SourceError('recording-empty'));
  await settled();
  expect([app.getState().notice?.code, store.getState().recording]).toEqual(['recording-empty', undefined]);
  expect(frame).toBeUndefined();
  recorder.toggle();
  await ended();
  expect(saved).toHaveLength(1);
});
