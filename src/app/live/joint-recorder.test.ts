import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { wholeFrameRoi } from '../../pose/roi';
import { fakePerson } from '../../testing/fake-client';
import { type AppStore, createAppStore } from '../shell/store';
import { createJointRecorder, type JointRecorder } from './joint-recorder';
import { Series, type seriesDocument } from './series';
import { createLiveStore, type LiveState, type LiveStore, NOBODY } from './state';

const SIZE = { width: 640, height: 480 };
const roi = wholeFrameRoi(SIZE);
const { pose } = fakePerson(roi, 'none');

let app: AppStore;
let store: LiveStore;
let recorder: JointRecorder;
const confirm = vi.fn((_: string) => true);
let saved: { name: string; content: Blob }[];

const setLive = (change: Partial<LiveState>) => store.setState(change);
const someone = (id: number, time: number) => ({ id, time, pose, roi, coarseMaps: undefined, trail: [] });
const frameAt = (time: number, position?: number) => ({ time, position, follows: position === undefined });
const found = (time: number, position?: number) => setLive({ frame: frameAt(time, position), people: [someone(1, time)] });
const nobody = (time: number, position?: number) => setLive({ frame: frameAt(time, position), people: NOBODY });

async function savedJson(): Promise<ReturnType<typeof seriesDocument>> {
  recorder.save('json');
  return JSON.parse((await saved.at(-1)?.content.text()) ?? '');
}

afterEach(() => vi.useRealTimers());

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  saved = [];
  confirm.mockReset().mockReturnValue(false);
  [app, store] = [createAppStore(), createLiveStore()];
  setLive({ phase: 'running', ...SIZE });
  recorder = createJointRecorder(app, store, (name, content) => saved.push({ name, content }), confirm);
});

it('records each camera frame once, with its time in seconds from the first', async () => {
  recorder.toggle();
  expect(store.getState().series).toEqual({ running: true, frames: 0 });
  for (const time of [1000, 1033, 1066]) {
    found(time);
    setLive({}); // any other change of state
  }
  vi.advanceTimersByTime(1000);
  expect(store.getState().series).toEqual({ running: true, frames: 3 });
  expect(recorder.atRisk).toBe(true);
  recorder.toggle();
  expect(recorder.atRisk).toBe(true);
  found(1099);
  expect(store.getState().series).toEqual({ running: false, frames: 3 });
  expect(app.getState().message).toContain('3 frames recorded');
  const { frames, source } = await savedJson();
  expect(frames.map(({ time }) => time)).toEqual([0, 0.033, 0.066]);
  expect(source).toEqual({ name: 'camera', ...SIZE });
  expect(saved[0]?.name).toMatch(/^camera joints [\dT-]+\.json$/);
  expect(recorder.atRisk).toBe(false);
  recorder.save('csv');
  expect((await saved[1]?.content.text())?.split('\r\n')).toHaveLength(5);
});

it('records everybody in a frame, each under their id', async () => {
  recorder.toggle();
  setLive({ frame: frameAt(0), people: [1, 2].map((id) => someone(id, 0)) });
  setLive({ frame: frameAt(33), people: [someone(2, 33)] });
  recorder.stop();
  const { frames } = await savedJson();
  expect(frames.map(({ people }) => people.map(({ id }) => id))).toEqual([[1, 2], [2]]);
});

it('marks where a track begins, ends and resumes, even when nobody else is in view', async () => {
  recorder.toggle();
  found(0);
  found(33);
  nobody(66);
  found(99);
  recorder.stop();
  const { frames } = await savedJson();
  expect(frames.map(({ people }) => people.map(({ track }) => track))).toEqual([[['begins']], [['ends']], [['resumes']]]);
});

it('does not end a track at a frame that has not been processed yet', async () => {
  recorder.toggle();
  found(0);
  setLive({ people: undefined });
  found(33);
  recorder.stop();
  const { frames } = await savedJson();
  expect(frames.map(({ people }) => people.map(({ track }) => track))).toEqual([[['begins']], [[]]]);
});

it('does not end the track of the followed person at such a frame either', async () => {
  setLive({ followed: 1 });
  recorder.toggle();
  found(0);
  setLive({ frame: frameAt(16), people: undefined });
  found(33);
  recorder.stop();
  const { frames } = await savedJson();
  expect(frames.map(({ people }) => people.map(({ track }) => track))).toEqual([[['begins']], [[]]]);
});

it('marks the end of a track in time order, even when stepping backwards through a video', async () => {
  setLive({ video: { name: 'a.mp4', duration: 4, position: 0, playing: false, loop: false } });
  recorder.toggle();
  nobody(0, 3);
  found(1000, 2);
  found(2000, 1);
  nobody(3000, 0);
  recorder.stop();
  const { frames } = await savedJson();
  expect(frames.map(({ time, people }) => [time, people[0]?.track])).toEqual([[1, ['begins']], [2, ['ends']]]); // biome-ignore format: frames
});

it('gives the frames of a video file their time in it', async () => {
  setLive({ video: { name: 'a.b.mp4', duration: 4, position: 0, playing: true, loop: false } });
  recorder.toggle();
  found(5000, 1.5);
  found(5100, 0.5);
  found(5200, 1.5);
  recorder.stop();
  expect((await savedJson()).frames.map(({ time }) => time)).toEqual([0.5, 1.5]);
  expect(saved[0]?.name).toMatch(/^a\.b joints /);
});

it('ends when the source changes, and keeps the recorded frames', async () => {
  recorder.toggle();
  found(0);
  setLive({ width: 1280, height: 720 });
  found(33);
  expect(store.getState().series).toEqual({ running: false, frames: 1 });
  expect(app.getState().message).toContain('because the size of the image changed');
  expect((await savedJson()).frames).toHaveLength(1);
});

it('ends when the followed person changes, says why, and names the person recorded', async () => {
  setLive({ followed: 1 });
  recorder.toggle();
  found(0);
  found(33);
  setLive({ followed: undefined });
  found(66);
  expect(store.getState().series).toEqual({ running: false, frames: 2 });
  expect(app.getState().message).toMatch(/^The recording ended because .* 2 frames recorded\./);
  const { frames, people } = await savedJson();
  expect(people).toMatch(/^person 1 only/);
  expect(frames.flatMap((frame) => frame.people.flatMap(({ track }) => track))).toEqual(['begins']);
});

it('ends when another camera starts, even with frames of the same size', async () => {
  recorder.toggle();
  found(0);
  setLive({ people: undefined });
  setLive({ phase: 'changing' });
  setLive({ phase: 'running' });
  found(33);
  const { frames } = await savedJson();
  expect(frames.map(({ people }) => people.map(({ track }) => track))).toEqual([[['begins']]]);
});

it('ends at the limit of frames, says so, and keeps the recorded frames', async () => {
  const full = vi.spyOn(Series.prototype, 'full', 'get');
  onTestFinished(() => full.mockRestore());
  full.mockImplementation(function (this: Series) {
    return this.count >= 2;
  });
  recorder.toggle();
  for (const time of [0, 33, 66]) found(time);
  expect(store.getState().series).toEqual({ running: false, frames: 2 });
  expect(app.getState().message).toContain('limit of 2 frames');
  expect(recorder.atRisk).toBe(true);
  expect((await savedJson()).frames.map(({ time }) => time)).toEqual([0, 0.033]);
  expect(recorder.atRisk).toBe(false);
});

it('reports a recording in which nobody was detected', () => {
  recorder.toggle();
  recorder.stop();
  expect(store.getState().series).toBeUndefined();
  expect(app.getState().message).toContain('nobody');
});

it('says that a file was saved again if it was, so that it is read out again', () => {
  recorder.toggle();
  found(0);
  recorder.toggle();
  const said = [1, 2].map(() => {
    recorder.save('csv');
    return app.getState().message;
  });
  expect(said[1]).not.toBe(said[0]);
  expect(said[1]).toContain('.csv saved.');
});

it('asks before discarding unsaved frames', async () => {
  recorder.toggle();
  found(0);
  recorder.toggle();
  recorder.toggle();
  expect(confirm).toHaveBeenCalledOnce();
  expect(store.getState().series).toEqual({ running: false, frames: 1 });
  expect((await savedJson()).frames).toHaveLength(1);
  recorder.toggle(); // it is saved now
  expect(confirm).toHaveBeenCalledOnce();
  expect(store.getState().series).toEqual({ running: true, frames: 1 }); // the frame on the screen
});

it('begins with the frame on the screen, such as that of a paused video', async () => {
  found(70, 1.5);
  recorder.toggle();
  expect(store.getState().series).toEqual({ running: true, frames: 1 });
  found(140, 1.45);
  found(190, 1.5); // the same frame again
  recorder.toggle();
  const { frames } = await savedJson();
  expect(frames.map(({ time }) => time)).toEqual([1.45, 1.5]);
});

it.each(['off', 'asking'] as const)('starts no recording, and keeps the last one, while the camera is %s', async (phase) => {
  recorder.toggle();
  found(0);
  recorder.toggle();
  await savedJson();
  setLive({ phase });
  recorder.toggle();
  expect(store.getState().series).toEqual({ running: false, frames: 1 });
});
