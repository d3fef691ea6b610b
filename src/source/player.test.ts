import { beforeEach, expect, it, vi } from 'vitest';
import { type Moment, type Player, playVideo } from './player';
import type { VideoFile } from './video-file';

/** Times of the frames, seconds: not evenly spaced, as browsers record them. */
const FRAMES = [0, 0.033, 0.066, 0.1, 0.25, 0.283];
const file: VideoFile = { name: 'a.webm', url: 'blob:a', width: 640, height: 480, duration: 0.3, close: vi.fn() };

/** As far as the player needs it: shows the frame that its time falls into, when told to. */
class FakeVideo extends EventTarget {
  src = '';
  loop = false;
  paused = true;
  seeking = false;
  error = { code: 3 };
  /** As Firefox does: after a seek it gives the place that was sought, and not where the frame begins. */
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

  /** Shows what there is at its time; seeks have come to their end. */
  show(time = this.time): void {
    this.time = time;
    this.seeking = false;
    this.dispatchEvent(new Event('seeked'));
    this.frame?.(0, { mediaTime: this.isVague ? time : (FRAMES.findLast((at) => at <= time) ?? 0) });
  }
}

let video: FakeVideo;
let stop: AbortController;
let player: Player;
const events = { onFrame: vi.fn<(captured: number, moment: Moment) => void>(), onChange: vi.fn(), onFailed: vi.fn() };
const lastMoment = () => events.onFrame.mock.lastCall?.[1];

beforeEach(() => {
  vi.clearAllMocks();
  vi.stubGlobal('performance', { now: () => 7 });
  video = new FakeVideo();
  stop = new AbortController();
  player = playVideo(stop.signal, video as unknown as HTMLVideoElement, file, events);
  for (const time of [0, 0.034, 0.07, 0.1]) video.show(time);
});

it('plays at once; only the first frame, and one after a seek, stand alone', () => {
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
});

it('gives the frame of a paused video on its own', async () => {
  player.toggle();
  await Promise.resolve();
  expect(events.onFrame).toHaveBeenLastCalledWith(7, { position: 0.1, fresh: true });
  expect(events.onChange).toHaveBeenLastCalledWith({ position: 0.1, playing: false, loop: false });
});

it('gets over a gap that is longer than one press looks', () => {
  const long: VideoFile = { ...file, duration: 100 };
  video = new FakeVideo();
  player = playVideo(stop.signal, video as unknown as HTMLVideoElement, long, events);
  for (const time of [0, 0.034, 0.07, 0.1]) video.show(time);
  const last = FRAMES.length;
  FRAMES.push(1.5); // after 0.283: forty frames are left out
  video.show(0.29);
  for (let press = 0; press < 6 && lastMoment()?.position !== 1.5; press += 1) {
    player.step(1);
    for (let i = 0; i < 16 && video.seeking; i += 1) video.show();
  }
  FRAMES.length = last;
  expect(lastMoment()).toEqual({ position: 1.5, fresh: true });
});

it('passes a step over while another is under way, but not for ever', () => {
  const clock = vi.fn(() => 0);
  vi.stubGlobal('performance', { now: clock });
  player.step(-1);
  const place = video.currentTime;
  player.step(-1);
  expect(video.currentTime).toBe(place);
  clock.mockReturnValue(2000); // the seek never ends
  player.step(-1);
  expect(video.currentTime).toBeLessThan(place);
});

it('steps one frame on, also over a gap, and one back, and stays within the file', () => {
  player.step(1);
  for (let i = 0; i < 16 && video.seeking; i += 1) video.show();
  expect(lastMoment()).toEqual({ position: 0.25, fresh: true });
  player.step(1);
  video.show();
  expect(lastMoment()).toEqual({ position: 0.283, fresh: true });
  player.step(1);
  video.show();
  expect([lastMoment()?.position, video.currentTime, video.seeking]).toEqual([0.283, 0.3, false]);
  player.step(-1);
  video.show();
  expect(lastMoment()).toEqual({ position: 0.25, fresh: true });
  player.step(-1);
  video.show();
  expect(lastMoment()).toEqual({ position: 0.1, fresh: true });
  player.seek(-3);
  expect(video.currentTime).toBe(0);
});

it('steps by the distance of frames where the browser does not tell them apart, both ways and to both ends', () => {
  video.isVague = true;
  player.step(-1);
  video.show(); // the first seek tells that it is so
  const frameNow = () => Math.min(8, Math.floor(video.currentTime / 0.033));
  const seen = [frameNow()];
  for (const direction of [-1, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] as const) {
    player.step(direction);
    video.show();
    seen.push(frameNow());
  }
  expect(seen).toEqual([2, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8]);
  expect(video.currentTime).toBe(0.3);
  player.step(-1);
  video.show();
  expect(video.currentTime).toBeLessThan(0.3);
});

it('does not pile up steps while seeking a frame', () => {
  player.step(-1);
  const wanted = video.currentTime;
  player.step(-1);
  expect(video.currentTime).toBe(wanted);
  expect(video.paused).toBe(true);
});

it('says that the file is damaged, and lets go of it at the end', () => {
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
