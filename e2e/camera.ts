/** A camera whose pictures are known: a photograph that stands still at the left, moves to the right, stands still there, and moves back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhotoPage } from './driver';
import { sample } from './files';
import { test as base, chromium } from './test';

/** Of the camera's picture, pixels. */
export const WIDTH = 640;
export const HEIGHT = 480;
/** Pixels of the camera for one of the sample photograph. */
export const SCALE = HEIGHT / 512;
/** Where the photograph's left edge is while it stands still, pixels. */
export const LEFT = 20;
export const RIGHT = 140;

/** Frames; Chromium plays 30 a second, again and again. */
const STILL = 75;
const MOVING = 15;
/** The top left corner tells what the frame is: red while it stands at the left, blue at the right, black while it moves. */
const MARK = 40;

async function jpegs(executablePath: string | undefined, args: string[]): Promise<Buffer[]> {
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
  try {
    const page = await browser.newPage();
    const frames = await page.evaluate(
      async ({ base64, width, height, mark, lefts }) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const photograph = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [width, height];
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        return lefts.map((left, i) => {
          context.fillStyle = '#777';
          context.fillRect(0, 0, width, height);
          context.drawImage(photograph, left, 0, height, height);
          context.fillStyle = i === 0 ? '#f00' : i === lefts.length - 1 ? '#00f' : '#000';
          context.fillRect(0, 0, mark, mark);
          return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
        });
      },
      {
        base64: sample('astronaut.jpg').toString('base64'),
        width: WIDTH,
        height: HEIGHT,
        mark: MARK,
        lefts: Array.from({ length: MOVING + 2 }, (_, i) => LEFT + ((RIGHT - LEFT) * i) / (MOVING + 1)),
      },
    );
    return frames.map((frame) => Buffer.from(frame, 'base64'));
  } finally {
    await browser.close();
  }
}

/** The frames one after the other, as Chromium's fake camera takes them. */
function mjpeg(frames: readonly Buffer[]): Buffer {
  const [first, last] = [frames[0] ?? Buffer.alloc(0), frames.at(-1) ?? Buffer.alloc(0)];
  const between = frames.slice(1, -1);
  return Buffer.concat([...Array(STILL).fill(first), ...between, ...Array(STILL).fill(last), ...between.reverse()]);
}

/** Tests with that camera; the browser allows it without asking. */
export const test = base.extend<object>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const { executablePath, args = [] } = launchOptions;
      const folder = mkdtempSync(join(tmpdir(), 'posecade-'));
      const film = join(folder, 'camera.mjpeg');
      writeFileSync(film, mjpeg(await jpegs(executablePath, args)));
      const fake = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
      await use({ ...launchOptions, args: [...args, ...fake, `--use-file-for-fake-video-capture=${film}`] });
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

/** What one drawing shows. Places are in pixels of the camera's picture, unmirrored. */
export interface Sight {
  readonly at: 'left' | 'right' | 'moving';
  /** Middle of all that is drawn, or undefined if nothing is. */
  readonly x: number | undefined;
  /** Of the joints asked for, the share that is drawn within `reach` of its place. */
  readonly near: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Looks at the video and at what is drawn over it, until the film has stood still for a second and a half at one side.
 * places: where joints are expected; reach: pixels of the camera.
 */
export function watch({ page }: PhotoPage, side: 'left' | 'right', places: readonly Place[], reach: number): Promise<Sight> {
  return page.evaluate(
    async ({ side, places, reach, width, height }) => {
      const video = document.querySelector('video');
      const overlay = document.querySelector<HTMLCanvasElement>('[data-testid=overlay]');
      const mirrored = document.querySelector('[data-mirrored]') !== null;
      const small = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (!video || !overlay || !small || !copy) throw new Error('no picture');
      const sideNow = () => {
        small.drawImage(video, 0, 0, 20, 20, 0, 0, 1, 1);
        const [r = 0, , b = 0] = small.getImageData(0, 0, 1, 1).data;
        return r > 120 ? 'left' : b > 120 ? 'right' : 'moving';
      };
      let since = performance.now();
      while (performance.now() - since < 1500) {
        await new Promise(requestAnimationFrame);
        if (sideNow() !== side) since = performance.now();
      }
      [copy.canvas.width, copy.canvas.height] = [overlay.width, overlay.height];
      copy.drawImage(overlay, 0, 0);
      const { data } = copy.getImageData(0, 0, overlay.width, overlay.height);
      const scale = overlay.width / width;
      const drawn = (x: number, y: number) => (data[(y * overlay.width + x) * 4 + 3] ?? 0) > 100;
      let [sum, count] = [0, 0];
      for (let y = 0; y < overlay.height; y += 1) {
        for (let x = 0; x < overlay.width; x += 1) {
          if (!drawn(x, y)) continue;
          sum += x;
          count += 1;
        }
      }
      const flip = (x: number) => (mirrored ? width - x : x);
      const isNear = ({ x, y }: { x: number; y: number }) => {
        for (let dy = -reach; dy <= reach; dy += 1) {
          for (let dx = -reach; dx <= reach; dx += 1) {
            const [px, py] = [Math.round((flip(x) + dx) * scale), Math.round((y + dy) * scale)];
            if (px >= 0 && py >= 0 && px < overlay.width && py < height * scale && drawn(px, py)) return true;
          }
        }
        return false;
      };
      return {
        at: sideNow() as Sight['at'],
        x: count > 0 ? flip(sum / count / scale) : undefined,
        near: places.filter(isNear).length / Math.max(1, places.length),
      };
    },
    { side, places, reach, width: WIDTH, height: HEIGHT },
  );
}
