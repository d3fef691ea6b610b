/** Videos whose frames are known: moving parts of a sample photo, with each frame's number coded in its pixels. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } from 'mediabunny';
import type { LaunchOptions, Page } from 'playwright/test';
import { given, sample } from './files';
import { kept } from './kept';
import { type Given, LONG } from './photo-page';
import { test as base, chromium } from './test';

/** Size of the videos, pixels. */
export const WIDTH = 640;
export const HEIGHT = 480;
/** Pixels of the moving video per pixel of its photo. */
export const SCALE = HEIGHT / 512;
/** The numbers of its frames: some are missing, as when a recorder drops frames on a busy machine. */
export const FRAMES = Array.from({ length: 40 }, (_, number) => number).filter(
  (number) => number % 9 !== 4 && (number < 23 || number > 27),
);
/** Milliseconds from one number to the next. */
const PACE = 60;

/** Which of those frames the moving video shows at a position, in seconds: an index. */
export const frameAt = (seconds: number): number => FRAMES.findLastIndex((number) => number * PACE <= 1000 * seconds + 1);

/** Side of a bit's block, pixels; the lowest bit is at the left of the bottom edge. */
const BIT = 24;
const BITS = 6;
/** The first bytes of a WebM's index, which comes last in the file. */
const CUES = Buffer.from('1c53bb6b', 'hex');
/** Encoders are available only to pages with a secure address. */
const SECURE = 'https://posecade.test/';

/** Where the photo's left edge is in a frame, pixels. */
export const leftOf = (frame: number): number => 20 + 3 * frame;

/** A full-height part of a photo in a frame: `width` pixels of the photo from `x` on; `left`: its left edge in the frame, pixels. */
interface Part {
  readonly x: number;
  readonly width: number;
  readonly left: number;
}

/** What a video shows. */
interface Script {
  readonly photograph: string;
  readonly frames: readonly { readonly number: number; readonly parts: readonly Part[] }[];
}

const MOVING: Script = {
  photograph: 'astronaut.jpg',
  frames: FRAMES.map((number) => ({ number, parts: [{ x: 0, width: 512, left: leftOf(number) }] })),
};

/** How many frames the video of two dancers has; none is missing. */
export const DANCE = 28;
/** The frames in which the man is out of view; in the five before and after them he is partly out. */
export const AWAY = { first: 12, last: 16 };
/** The boundary between the man and the woman, pixels, while both are in the frame. */
export const BETWEEN = 348;

const DANCERS: Script = {
  photograph: 'dancers.jpg',
  frames: Array.from({ length: DANCE }, (_, number) => {
    const steps = Math.max(0, Math.min(number - AWAY.first + 5, AWAY.last + 5 - number, 5));
    const man = { x: 312, width: 352, left: 20 - 70 * steps };
    const woman = { x: 664, width: 293, left: BETWEEN + 4 * Math.sin(number) };
    return { number, parts: [man, woman] };
  }),
};

interface Encoded {
  readonly base64: string;
  readonly isKey: boolean;
  /** Seconds. */
  readonly time: number;
}

/** Draws the frames, and encodes them as VP9. */
async function encode(page: Page, { photograph, frames }: Script): Promise<Encoded[]> {
  return page.evaluate(
    async ({ base64, width, height, images, pace, bit, bits }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const whole = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const encoded: Encoded[] = [];
      const encoder = new VideoEncoder({
        output: (chunk) => {
          const data = new Uint8Array(chunk.byteLength);
          chunk.copyTo(data);
          const text = Array.from(data, (byte) => String.fromCharCode(byte)).join('');
          encoded.push({ base64: btoa(text), isKey: chunk.type === 'key', time: chunk.timestamp / 1e6 });
        },
        error: (error) => {
          throw error;
        },
      });
      encoder.configure({ codec: 'vp09.00.30.08', width, height, bitrate: 4e6 });
      const scale = height / whole.height;
      for (const { number, parts } of images) {
        context.fillStyle = '#777';
        context.fillRect(0, 0, width, height);
        for (const { x, width: wide, left } of parts)
          context.drawImage(whole, x, 0, wide, whole.height, left, 0, wide * scale, height);
        for (let i = 0; i < bits; i += 1) {
          context.fillStyle = (number >> i) & 1 ? '#fff' : '#000';
          context.fillRect(i * bit, height - bit, bit, bit);
        }
        const frame = new VideoFrame(canvas, { timestamp: number * pace * 1000 });
        encoder.encode(frame, { keyFrame: number % 12 === 0 });
        frame.close();
      }
      await encoder.flush();
      return encoded;
    },
    {
      base64: sample(photograph).toString('base64'),
      width: WIDTH,
      height: HEIGHT,
      images: frames,
      pace: PACE,
      bit: BIT,
      bits: BITS,
    },
  );
}

/** A WebM without an index or a length, as browsers record it. */
async function asRecorded(encoded: readonly Encoded[]): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat({ appendOnly: true }), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source);
  await output.start();
  const decoderConfig = { codec: 'vp09.00.30.08', codedWidth: WIDTH, codedHeight: HEIGHT };
  for (const { base64, isKey, time } of encoded) {
    const data = new Uint8Array(Buffer.from(base64, 'base64'));
    await source.add(new EncodedPacket(data, isKey ? 'key' : 'delta', time, 0), { decoderConfig });
  }
  await output.finalize();
  const bytes = Buffer.from(target.buffer ?? new ArrayBuffer(0));
  return bytes.subarray(0, bytes.lastIndexOf(CUES));
}

/** An audio-only recording. */
async function recordSound(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const audio = new AudioContext();
    const out = audio.createMediaStreamDestination();
    audio.createOscillator().connect(out);
    const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm' });
    const chunks: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    recorder.stop();
    await stopped;
    const reader = new FileReader();
    reader.readAsDataURL(new Blob(chunks));
    await new Promise((resolve) => reader.addEventListener('load', resolve));
    return String(reader.result).split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

/** A worker's fixture: a video, made in a page unless an earlier run has left it. */
function video(name: string, photographs: readonly string[], make: (page: Page) => Promise<Buffer>) {
  const fixture = async ({ launchOptions }: { launchOptions: LaunchOptions }, use: (file: Given) => Promise<void>) => {
    const madeOf = [readFileSync(fileURLToPath(import.meta.url)), ...photographs.map(sample)];
    const path = await kept(name, madeOf, async () => {
      const browser = await chromium.launch(launchOptions);
      try {
        const page = await browser.newPage();
        await page.route(SECURE, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
        await page.goto(SECURE);
        return await make(page);
      } finally {
        await browser.close();
      }
    });
    await use(given(name, 'video/webm', readFileSync(path)));
  };
  return [fixture, { scope: 'worker' }] as [typeof fixture, { scope: 'worker' }];
}

const film = (name: string, script: Script) =>
  video(name, [script.photograph], async (page) => asRecorded(await encode(page, script)));

/** Tests that get these videos. */
export const test = base.extend<object, { moving: Given; dancers: Given; sound: Given }>({
  moving: film('moving.webm', MOVING),
  dancers: film('dancers.webm', DANCERS),
  sound: video('sound.webm', [], recordSound),
});

/** Where a frame's number is in its pixels. */
export const CODE = { bit: BIT, bits: BITS, height: HEIGHT } as const;

/** The number of the frame that the first video of the page shows. Runs in the page. */
export function numberShown({ bit, bits, height }: { bit: number; bits: number; height: number }): number {
  const video = document.querySelector('video');
  const copy = new OffscreenCanvas(bit * bits, bit).getContext('2d');
  if (!video || !copy) return -1;
  copy.drawImage(video, 0, height - bit, bit * bits, bit, 0, 0, bit * bits, bit);
  const { data } = copy.getImageData(0, bit / 2, bit * bits, 1);
  return Array.from({ length: bits }, (_, i) => ((data[(i + 0.5) * bit * 4] ?? 0) > 127 ? 1 << i : 0)).reduce((a, b) => a + b);
}

export const frameShown = (page: Page): Promise<number> => page.evaluate(numberShown, CODE);

export { LONG };
