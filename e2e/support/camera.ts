/** A camera whose images are known: a photo that stands still, moves and zooms, with each frame's number coded in its pixels. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sample } from './files';
import { kept } from './kept';
import { test as base, chromium } from './test';

/** Size of the camera's image, pixels. */
export const WIDTH = 640;
export const HEIGHT = 480;
/** Side of the sample photo, pixels. */
const PHOTOGRAPH = 512;

/** What the photo does in a part of the video. */
export type Move = 'still' | 'slow' | 'fast' | 'zoom';

/** Where the photo is in one frame: a point (x, y) of it is at (left + scale * x, top + scale * y), pixels. */
export interface Shot {
  readonly move: Move;
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

const FULL = HEIGHT / PHOTOGRAPH;
const LEFT = 20;

/** The photo, moved right by `shift` pixels and enlarged `zoom` times around its centre. */
function shot(move: Move, shift: number, zoom: number): Shot {
  const side = HEIGHT * zoom;
  return { move, left: LEFT + shift - (side - HEIGHT) / 2, top: (HEIGHT - side) / 2, scale: FULL * zoom };
}

const steps = (count: number) => Array.from({ length: count }, (_, i) => (i + 1) / count);

/** The frames; Chromium plays 30 per second, in a loop. */
export const SHOTS: readonly Shot[] = [
  ...steps(45).map(() => shot('still', 0, 1)),
  ...steps(30).map((share) => shot('slow', 120 * share, 1)),
  ...steps(30).map(() => shot('still', 120, 1)),
  ...steps(10).map((share) => shot('fast', 120 * (1 - share), 1)),
  ...steps(30).map(() => shot('still', 0, 1)),
  ...steps(30).map((share) => shot('zoom', 0, 1 + 0.25 * share)),
  ...steps(30).map((share) => shot('zoom', 0, 1.25 - 0.25 * share)),
];

/** The frame's number is coded as a column of squares at the left edge, lowest bit at the top, white for one. side: pixels. */
export const CODE = { bits: 8, side: 20 };

async function jpegs(executablePath: string | undefined, args: string[]): Promise<Buffer[]> {
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
  try {
    const page = await browser.newPage();
    const frames = await page.evaluate(
      async ({ base64, width, height, code, shots }) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const photograph = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [width, height];
        const context = canvas.getContext('2d', { willReadFrequently: true }); // each frame is read back
        if (!context) throw new Error('no canvas');
        context.imageSmoothingQuality = 'high';
        return shots.map(({ left, top, scale }, number) => {
          context.fillStyle = '#777';
          context.fillRect(0, 0, width, height);
          context.drawImage(photograph, left, top, photograph.width * scale, photograph.height * scale);
          for (let bit = 0; bit < code.bits; bit += 1) {
            context.fillStyle = (number >> bit) & 1 ? '#fff' : '#000';
            context.fillRect(0, bit * code.side, code.side, code.side);
          }
          return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
        });
      },
      { base64: sample('astronaut.jpg').toString('base64'), width: WIDTH, height: HEIGHT, code: CODE, shots: SHOTS },
    );
    return frames.map((frame) => Buffer.from(frame, 'base64'));
  } finally {
    await browser.close();
  }
}

/** Tests with that camera; the browser allows it without a prompt. */
export const test = base.extend<object>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const { executablePath, args = [] } = launchOptions;
      const madeOf = [readFileSync(fileURLToPath(import.meta.url)), sample('astronaut.jpg')];
      const file = await kept('camera.mjpeg', madeOf, async () => Buffer.concat(await jpegs(executablePath, args)));
      const fake = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
      await use({ ...launchOptions, args: [...args, ...fake, `--use-file-for-fake-video-capture=${file}`] });
    },
    { scope: 'worker' },
  ],
});
