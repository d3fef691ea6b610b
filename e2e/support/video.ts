/** A video whose frames are known: a sample photograph that moves to the right, with the frame's number coded in its pixels. */
import type { Page } from 'playwright/test';
import { given, sample } from './files';
import { type Given, LONG } from './photo-page';
import { test as base, chromium } from './test';

/** Of the video, pixels. */
export const WIDTH = 640;
export const HEIGHT = 480;
/** Pixels of the video for one of the photograph. */
export const SCALE = HEIGHT / 512;
export const FRAMES = 40;
/** Milliseconds from one frame to the next, or more on a slow machine. */
const PACE = 60;
/** Side of a bit's block, pixels; the lowest bit is at the left of the bottom edge. */
const BIT = 24;
const BITS = 6;

/** Where the photograph's left edge is in a frame, pixels. */
export const leftOf = (frame: number): number => 20 + 3 * frame;

/** Recorded by the browser itself: WebM, VP9 (Chromium's VP8 drops most frames of such a canvas). sound: an audio track and no video. */
async function record(page: Page): Promise<{ moving: string; sound: string }> {
  return page.evaluate(
    async ({ base64, width, height, lefts, pace, bit, bits }) => {
      async function take(stream: MediaStream, mimeType: string, act: () => Promise<void>): Promise<string> {
        const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 4e6 });
        const chunks: Blob[] = [];
        recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
        const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
        recorder.start();
        await act();
        recorder.stop();
        await stopped;
        const reader = new FileReader();
        reader.readAsDataURL(new Blob(chunks));
        await new Promise((resolve) => reader.addEventListener('load', resolve));
        return String(reader.result).split(',')[1] ?? '';
      }
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const photograph = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const stream = canvas.captureStream(0);
      const [track] = stream.getVideoTracks();
      const moving = await take(stream, 'video/webm;codecs=vp9', async () => {
        for (const [frame, left] of lefts.entries()) {
          context.fillStyle = '#777';
          context.fillRect(0, 0, width, height);
          context.drawImage(photograph, left, 0, height, height);
          for (let i = 0; i < bits; i += 1) {
            context.fillStyle = (frame >> i) & 1 ? '#fff' : '#000';
            context.fillRect(i * bit, height - bit, bit, bit);
          }
          (track as CanvasCaptureMediaStreamTrack).requestFrame();
          await new Promise((resolve) => setTimeout(resolve, pace));
        }
      });
      const audio = new AudioContext();
      const out = audio.createMediaStreamDestination();
      audio.createOscillator().connect(out);
      const sound = await take(out.stream, 'audio/webm', () => new Promise((resolve) => setTimeout(resolve, 300)));
      return { moving, sound };
    },
    {
      base64: sample('astronaut.jpg').toString('base64'),
      width: WIDTH,
      height: HEIGHT,
      lefts: Array.from({ length: FRAMES }, (_, frame) => leftOf(frame)),
      pace: PACE,
      bit: BIT,
      bits: BITS,
    },
  );
}

export interface Videos {
  readonly moving: Given;
  readonly sound: Given;
}

/** Tests that are given such a video. */
export const test = base.extend<object, { videos: Videos }>({
  videos: [
    async ({ launchOptions }, use) => {
      const browser = await chromium.launch(launchOptions);
      const { moving, sound } = await record(await browser.newPage());
      await browser.close();
      const file = (name: string, base64: string) => given(name, 'video/webm', Buffer.from(base64, 'base64'));
      await use({ moving: file('moving.webm', moving), sound: file('sound.webm', sound) });
    },
    { scope: 'worker' },
  ],
});

/** The number of the frame that the page's video shows. */
export function frameShown(page: Page): Promise<number> {
  return page.locator('video').evaluate(
    (video, { bit, bits, height }) => {
      const copy = new OffscreenCanvas(bit * bits, bit).getContext('2d');
      if (!copy) throw new Error('no canvas');
      copy.drawImage(video as HTMLVideoElement, 0, height - bit, bit * bits, bit, 0, 0, bit * bits, bit);
      const { data } = copy.getImageData(0, bit / 2, bit * bits, 1);
      return Array.from({ length: bits }, (_, i) => ((data[(i + 0.5) * bit * 4] ?? 0) > 127 ? 1 << i : 0)).reduce(
        (a, b) => a + b,
      );
    },
    { bit: BIT, bits: BITS, height: HEIGHT },
  );
}

export { LONG };
