import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { videoBytes } from '../testing/video-bytes';
import { type Moment, type Player, playVideo } from './player';
import type { VideoFile } from './video-file';

/** Times of the frames, seconds: not evenly spaced, as browsers record them. */
const FRAMES = [0, 0.033, 0.066, 0.1, 0.25, 0.283];
const UNREADABLE: VideoFile = {
  name: 'a.webm',
  blob: new Blob(['no container']),
  url: 'blob:a',
  width: 640,
  height: 480,
  duration: 0.3,
  close: vi.fn(),
};

/** The parts of a video element that the player needs: shows the frame that its time falls into, when told to. */
class FakeVideo extends EventTarget {
  src = '';
  loop = false;
  paused = true;
  ended = false;
  seeking = false;
  error = { code: 3 };
  /** As in Firefox: after a seek it reports the position that was sought, not where the frame begins. */
  isVague = false;
  private time = 0;
  private frame: ((now: number, frame: { mediaTime: number }) => void) | undefined;

  get currentTime(): number {
    return this.time;
  }
  set currentTime(time: number) {
    this.time = time;
    this.seeking = true;
    this.dispatchEvent(new Event('seeking'));
  }
  requestVideoFrameCallback(frame: typeof this.frame): number {
    this.frame = frame;
    return 1;
  }
  cancelVideoFrameCallback(): void {
    this.frame = undefined;
  }
  async play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event('play'));
  }
  pause(): void {
    if (this.paused) return;
    this.paused = true;
    queueMicrotask(() => this.dispatchEvent(new Event('pause')));
  }
  removeAttribute(): void {
    this.src = '';
  }
  load(): void {}

  /** Shows the frame at its time, and completes a seek. */
  show(time = this.time): void {
    this.time = time;
    this.seeking = false;
    this.dispatchEvent(new Event('seeked'));
    this.frame?.(0, { mediaTime: this.isVague ? time : (FRAMES.findLast((at) => at <= time) ?? 0) });
  }
}

let file: VideoFile;
let video: FakeVideo;
let stop: AbortController;
let player: Player;
const events = { onFrame: vi.fn<(captured: number, moment: Moment) => void>(), onChange: vi.fn(), onFailed: vi.fn() };
const lastMoment = () => events.onFrame.mock.lastCall?.[1];

function open(opened: VideoFile): void {
  video = new FakeVideo();
  stop = new AbortController();
  player = playVideo(stop.signal, video as unknown as HTMLVideoElement, opened, events);
  for (const time of [0, 0.034, 0.07, 0.1]) video.show(time);
}

/** The index of the frame that the video's time falls into. */
const frameNow = () => FRAMES.findLastIndex((at) => at <= video.currentTime);

/** The indices of the frames that the player seeks from now on. */
function framesSought(): readonly number[] {
  const sought: number[] = [];
  video.addEventListener('seeking', () => sought.push(frameNow()));
  return sought;
}

/** Presses step keys, waits until their seeks have begun, and completes them. Returns the index of the frame then shown. */
async function press(...directions: readonly (1 | -1)[]): Promise<number> {
  const sought = vi.fn();
  video.addEventListener('seeking', sought);
  for (const direction of directions) player.step(direction, false);
  await vi.waitUntil(() => sought.mock.calls.length === directions.length);
  video.removeEventListener('seeking', sought);
  video.show();
  return frameNow();
}

beforeAll(async () => {
  file = { ...UNREADABLE, blob: await videoBytes('webm without an index', FRAMES) };
});

beforeEach(() => {
  vi.clearAllMocks();
  vi.stubGlobal('performance', { now: () => 7 });
  open(file);
});

it('plays at once, and marks only the first frame and one after a seek as fresh', () => {
  expect(video).toMatchObject({ src: 'blob:a', paused: false });
  expect(events.onFrame.mock.calls.map(([, moment]) => moment)).toEqual([
    { position: 0, fresh: true },
    { position: 0.033, fresh: false },
    { position: 0.066, fresh: false },
    { position: 0.1, fresh: false },
  ]);
  player.seek(0.26);
  expect(events.onChange).toHaveBeenLastCalledWith({ position: 0.26, playing: true, loop: false });
  video.show();
  expect(lastMoment()).toEqual({ position: 0.25, fresh: true });
  player.seek(-3);
  expect(video.currentTime).toBe(0);
});

it('plays and pauses, whatever its state, and returns whether it was playing', () => {
  expect([player.pause(), video.paused, player.pause(), video.paused]).toEqual([true, true, false, true]);
  player.play();
  player.play();
  expect([video.paused, player.pause()]).toEqual([false, true]);
});

it('repeats the frame of a paused video as fresh, after a seek, so that it is the one that the browser reports', async () => {
  player.toggle();
  await Promise.resolve();
  expect(video.seeking).toBe(true);
  expect(events.onChange).toHaveBeenLastCalledWith({ position: 0.1, playing: false, loop: false });
  video.show();
  expect(lastMoment()).toEqual({ position: 0.1, fresh: true });
});

it('repeats the last frame of a video at its end as fresh, without a seek', async () => {
  video.show(0.29);
  video.ended = true;
  player.toggle();
  await Promise.resolve();
  expect(video.seeking).toBe(false);
  expect(events.onFrame).toHaveBeenLastCalledWith(7, { position: 0.283, fresh: true });
});

it.each([false, true])('steps one frame forwards or back, across gaps, within the file (vague: %s)', async (isVague) => {
  video.isVague = isVague;
  const seen: number[] = [];
  for (const direction of [1, 1, 1, -1, -1, -1, -1, -1, -1, 1] as const) seen.push(await press(direction));
  expect(seen).toEqual([4, 5, 5, 4, 3, 2, 1, 0, 0, 1]);
  expect(video.paused).toBe(true);
});

it('steps from the position of a looping video, even if the browser’s time runs past its duration', async () => {
  video.isVague = true;
  video.show(0.3 + 0.07);
  expect(lastMoment()?.position).toBeCloseTo(0.07);
  expect(await press(-1)).toBe(1);
});

it('takes one step for each press, however quickly they follow', async () => {
  expect(await press(1, 1)).toBe(5);
  expect(await press(-1, -1, -1)).toBe(2);
  expect(await press(-1, 1)).toBe(2);
});

it('continues from its last step, not from a late frame of the step before', async () => {
  const seen = framesSought();
  player.step(-1, false);
  await vi.waitUntil(() => seen.length === 1);
  player.step(-1, false);
  await vi.waitUntil(() => seen.length === 2);
  video.show(0.07); // of the first step
  player.step(-1, false);
  await vi.waitUntil(() => seen.length === 3);
  expect(seen).toEqual([2, 1, 0]);
});

it('steps with a held key only once the frame of the previous step is shown, and with any other press at once', async () => {
  const seen = framesSought();
  player.step(-1, true);
  player.step(-1, true);
  await vi.waitUntil(() => seen.length >= 1);
  player.step(-1, true);
  player.step(1, false); // even if the browser never completes its seek
  await vi.waitUntil(() => seen.length >= 2);
  video.show();
  player.step(1, true);
  await vi.waitUntil(() => seen.length >= 3);
  expect(seen).toEqual([2, 3, 4]); // steps are taken in order, so none was taken between these
});

it('drops pending steps on a seek or play, and steps from the new position', async () => {
  const seen = framesSought();
  player.step(-1, false);
  player.seek(0.26);
  expect(frameNow()).toBe(4);
  video.show();
  player.step(-1, false);
  player.toggle();
  expect(video.paused).toBe(false);
  player.step(1, false);
  await vi.waitUntil(() => seen.length >= 2);
  expect(seen).toEqual([4, 5]); // steps are taken in order, so the two before are dropped
});

it('steps by the estimated interval between frames if the file cannot be read', async () => {
  open(UNREADABLE);
  video.isVague = true;
  const seen: number[] = [];
  for (const direction of [-1, -1, -1, -1, 1, 1, 1] as const) {
    await press(direction);
    seen.push(Math.floor(video.currentTime / 0.033));
  }
  expect(seen).toEqual([2, 1, 0, 0, 1, 2, 3]);
});

it('reports a damaged file, and releases it on abort', () => {
  video.dispatchEvent(new Event('error'));
  expect(events.onFailed.mock.lastCall?.[0]).toMatchObject({ code: 'video-damaged', file: 'a.webm' });
  stop.abort();
  expect(video.src).toBe('');
  events.onFrame.mockClear();
  video.show(0.2);
  video.dispatchEvent(new Event('error'));
  expect(events.onFrame).not.toHaveBeenCalled();
  expect(events.onFailed).toHaveBeenCalledOnce();
});
