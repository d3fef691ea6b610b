/** Compares the overlay with the video, in screen pixels: a fake camera shows marks, and a fake engine answers with their positions. */
import { decode } from 'fast-png';
import type { Page } from 'playwright/test';
import { expect, test } from '../support/test';

/** Joints that no bone connects, at fractions of the image's size: near its corners, and off its centre. */
const MARKS = [
  { joint: 0, x: 0.1, y: 0.12 },
  { joint: 9, x: 0.9, y: 0.1 },
  { joint: 16, x: 0.12, y: 0.9 },
  { joint: 13, x: 0.6, y: 0.45 },
] as const;

/** Screen pixels; browsers snap a mirrored layer to whole ones. */
const TOLERANCE = 1.25;

const CASES = [
  { name: 'landscape on a desktop', camera: [640, 480], viewport: [1280, 800], ratio: 1, full: false },
  { name: 'portrait on a phone', camera: [480, 640], viewport: [390, 844], ratio: 3, full: false },
  { name: 'square, at a fractional pixel ratio', camera: [500, 500], viewport: [1003, 701], ratio: 1.5, full: false },
  { name: 'wide, in full screen', camera: [1280, 720], viewport: [1100, 900], ratio: 2, full: true },
] as const;

/** The page's policy would block the styles that the test and its screenshots add. */
test.use({ bypassCSP: true });

/** Replaces the camera and the engine's worker. Call before the page is opened. */
async function makeUp(page: Page, size: readonly [number, number]): Promise<void> {
  await page.addInitScript(
    ({ marks, width, height }) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d');
      const draw = () => {
        if (!context) return;
        context.fillStyle = '#000';
        context.fillRect(0, 0, width, height);
        context.fillStyle = '#fff';
        for (const { x, y } of marks) {
          context.beginPath();
          context.arc(x * width, y * height, width / 80, 0, 2 * Math.PI);
          context.fill();
        }
      };
      draw();
      setInterval(draw, 50);
      navigator.mediaDevices.getUserMedia = async () => canvas.captureStream();

      const joints = Array.from({ length: 19 }, (_, joint) => {
        const mark = marks.find((one) => one.joint === joint);
        return { x: (mark?.x ?? 0) * width, y: (mark?.y ?? 0) * height, score: mark ? 1 : 0 };
      });
      const roi = { cx: width / 2, cy: height / 2, side: Math.max(width, height) };
      const people = [{ roi, pose: joints, coarse: joints }];
      const timings = { crop: 1, network: 2, total: 3 };
      const maps = { size: 24, stride: 8 };
      const model = { name: 'none', input: 192, pyramid: [192], coarse: maps, fine: maps, parameters: 1, gmac: 1, bytes: 1 };
      const answers: Record<string, unknown> = {
        init: { backend: 'wasm', why: 'it is made up', model },
        estimate: { people, timings, backend: 'wasm' },
      };
      class MadeUpWorker extends EventTarget {
        postMessage({ type, id, params }: { type: string; id: number; params?: { frame?: { bitmap: ImageBitmap } } }): void {
          params?.frame?.bitmap.close();
          const data = { type, id, result: answers[type] ?? null };
          setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data })));
        }
        terminate(): void {}
      }
      Object.assign(window, { Worker: MadeUpWorker });
    },
    { marks: MARKS, width: size[0], height: size[1] },
  );
}

/** A screenshot of one layer of the viewer over black, with the other layer hidden. */
async function layer(page: Page, shown: 'video' | 'canvas') {
  const style = `.viewer, .viewer-frame { background: #000 !important } .viewer-live ${shown === 'video' ? 'canvas' : 'video'} { visibility: hidden }`;
  const tag = await page.addStyleTag({ content: style });
  const png = decode(await page.locator('.viewer-live').screenshot({ animations: 'disabled' }));
  await tag.evaluate((element) => element.parentNode?.removeChild(element));
  return png;
}

/** Centre of the bright pixels around a position (fractions of the image's size), screen pixels. */
function middle({ width, height, channels, data }: ReturnType<typeof decode>, x: number, y: number) {
  const reach = 0.06 * Math.max(width, height);
  let [sumX, sumY, sum] = [0, 0, 0];
  for (let row = Math.max(0, Math.floor(y * height - reach)); row < Math.min(height, y * height + reach); row += 1) {
    for (let column = Math.max(0, Math.floor(x * width - reach)); column < Math.min(width, x * width + reach); column += 1) {
      const at = (row * width + column) * channels;
      const light = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      if (light < 100) continue;
      sumX += (column + 0.5) * light;
      sumY += (row + 0.5) * light;
      sum += light;
    }
  }
  return { x: sumX / sum, y: sumY / sum };
}

/** ratio: screen pixels per CSS pixel. */
async function expectAligned(page: Page, ratio: number, mirrored: boolean): Promise<void> {
  // A message from a moment ago stays visible, over a viewer that was scrolled under it.
  await expect(page.getByTestId('live')).not.toHaveAttribute('data-fresh');
  const [video, overlay] = [await layer(page, 'video'), await layer(page, 'canvas')];
  expect([overlay.width, overlay.height]).toEqual([video.width, video.height]);
  for (const mark of MARKS) {
    const x = mirrored ? 1 - mark.x : mark.x;
    const [seen, drawn] = [middle(video, x, mark.y), middle(overlay, x, mark.y)];
    // The image fills the stage, whose edges need not lie on whole pixels.
    expect(Math.abs(seen.x - x * video.width)).toBeLessThan(2 * ratio);
    expect(Math.abs(seen.y - mark.y * video.height)).toBeLessThan(2 * ratio);
    expect(Math.hypot(drawn.x - seen.x, drawn.y - seen.y)).toBeLessThan(TOLERANCE);
  }
}

for (const { name, camera, viewport, ratio, full } of CASES) {
  test.describe(name, () => {
    test.use({ viewport: { width: viewport[0], height: viewport[1] }, deviceScaleFactor: ratio });

    test('joints are drawn on their marks, mirrored and unmirrored', async ({ photo, page }) => {
      await makeUp(page, camera);
      await page.goto('./#live');
      await photo.ready();
      await page.getByRole('button', { name: 'Start camera' }).click();
      await expect(page.locator('.scan')).toHaveCount(0); // the first frame is processed
      if (full) await page.getByRole('button', { name: 'Full screen', exact: true }).click();
      if (full) await expect(page.getByRole('button', { name: 'Exit full screen' })).toBeVisible();
      const aligned = (mirrored: boolean) => expect(() => expectAligned(page, ratio, mirrored)).toPass(); // after a few redraws
      await aligned(true);
      if (full) await page.getByRole('button', { name: 'Exit full screen' }).click();
      await page.getByLabel('Mirror').uncheck();
      await aligned(false);
    });
  });
}
