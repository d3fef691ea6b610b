/** Compares where joints are found and drawn with where they truly are, frame by frame. */
import type { Page } from 'playwright/test';
import { DISPLAY_THRESHOLD } from '../../src/pose/pose';
import { JOINTS } from '../../src/pose/skeleton';
import { CODE, HEIGHT, type Move, SHOTS, WIDTH } from '../support/camera';
import { LONG, type PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One drawing of the overlay, in pixels of the camera's image, unmirrored. */
interface Drawing {
  /** Number of the frame that was processed. */
  readonly frame: number;
  /** As the engine answered. */
  readonly found: readonly (Point & { readonly score: number })[];
  /** As drawn: the found joints that reach the threshold, in the same order. */
  readonly drawn: readonly Point[];
}

interface Recorder {
  readonly drawings: Drawing[];
}

/** Records each drawing of the overlay, and the frame that it belongs to. Call before the page is opened. */
export async function record(page: Page): Promise<void> {
  await page.addInitScript(
    ({ code, cameraWidth }) => {
      const recorder: Recorder = { drawings: [] };
      Object.assign(window, { recorder });
      let grabbed = -1; // number of the newest frame whose bitmap was made
      const sent = new Map<number, number>(); // request -> number of its frame
      let answered: Pick<Drawing, 'frame' | 'found'> | undefined;

      const small = new OffscreenCanvas(code.side, code.side * code.bits).getContext('2d', { willReadFrequently: true });
      const makeBitmap = window.createImageBitmap.bind(window) as (...args: unknown[]) => Promise<ImageBitmap>;
      Object.assign(window, {
        createImageBitmap: async (...args: unknown[]) => {
          const bitmap = await makeBitmap(...args);
          if (!small || !(args[0] instanceof HTMLVideoElement)) return bitmap;
          small.drawImage(bitmap, 0, 0);
          grabbed = 0;
          for (let bit = 0; bit < code.bits; bit += 1) {
            const [red = 0] = small.getImageData(code.side / 2, (bit + 0.5) * code.side, 1, 1).data;
            if (red > 128) grabbed |= 1 << bit;
          }
          return bitmap;
        },
      });

      const heard = new WeakSet<Worker>();
      const post = Worker.prototype.postMessage as (...args: unknown[]) => void;
      Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
        const message = args[0] as { type: string; id: number };
        if (message.type === 'estimate') sent.set(message.id, grabbed);
        if (!heard.has(this)) {
          heard.add(this);
          this.addEventListener('message', ({ data }) => {
            if (data.type !== 'estimate') return;
            // After a jump of the image, the previous crop is there, too, with almost nobody in it.
            const sure = ({ pose }: { pose: Drawing['found'] }) => pose.reduce((sum, { score }) => sum + score, 0);
            const people: { pose: Drawing['found'] }[] = data.result.people;
            const [person] = people.toSorted((one, other) => sure(other) - sure(one));
            answered = { frame: sent.get(data.id) ?? -1, found: person?.pose ?? [] };
          });
        }
        post.apply(this, args);
      } as typeof Worker.prototype.postMessage;

      const { arc, clearRect } = CanvasRenderingContext2D.prototype;
      const isOverlay = (context: CanvasRenderingContext2D) =>
        context.canvas instanceof HTMLCanvasElement && context.canvas.dataset.testid === 'overlay';
      CanvasRenderingContext2D.prototype.clearRect = function (...args) {
        if (isOverlay(this) && answered) recorder.drawings.push({ ...answered, drawn: [] });
        clearRect.apply(this, args);
      };
      CanvasRenderingContext2D.prototype.arc = function (...args) {
        const drawing = recorder.drawings.at(-1);
        if (isOverlay(this) && drawing) {
          const [x, y] = args;
          const scale = this.canvas.clientWidth / cameraWidth;
          const mirrored = document.querySelector('[data-mirrored]') !== null;
          (drawing.drawn as Point[]).push({ x: mirrored ? cameraWidth - x / scale : x / scale, y: y / scale });
        }
        arc.apply(this, args);
      };
    },
    { code: CODE, cameraWidth: WIDTH },
  );
}

/** Joints that the cascade is sure of in the still photograph, in its pixels, by their index. */
export async function stillJoints(photo: PhotoPage): Promise<ReadonlyMap<number, Point>> {
  await photo.openSample('Astronaut');
  await photo.expectFound();
  const { people } = await photo.download();
  const sure = (people[0]?.keypoints ?? []).filter(({ score }) => score >= 0.7);
  expect(sure.length).toBeGreaterThan(4);
  return new Map(sure.map(({ name, x, y }) => [JOINTS.indexOf(name as (typeof JOINTS)[number]), { x, y }]));
}

/**
 * Collects drawings from now on, one per frame, until there are `counts` of each move. The frame that is on show already is left out: a
 * changed setting draws it again, smoothed as it was.
 */
export async function drawings({ page }: PhotoPage, counts: Readonly<Partial<Record<Move, number>>>): Promise<Drawing[]> {
  const read = () => page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder.drawings);
  const before = await read();
  const shown = before.at(-1)?.frame;
  const fresh = async () =>
    (await read())
      .slice(before.length)
      .filter(({ frame, drawn }, i, all) => frame >= 0 && drawn.length > 0 && frame !== (i > 0 ? all[i - 1]?.frame : shown));
  const enough = async () => {
    const moves = (await fresh()).map(({ frame }) => SHOTS[frame]?.move);
    return Object.entries(counts).every(([move, count]) => moves.filter((one) => one === move).length >= count);
  };
  await expect.poll(enough, { timeout: LONG }).toBe(true);
  return fresh();
}

/** Distances from the truth, as fractions of the image's height: the median and the 90th percentile. */
export interface Errors {
  readonly median: number;
  readonly p90: number;
  /** Frames that were processed. */
  readonly frames: number;
}

function errorsOf(distances: readonly number[], frames: number): Errors {
  const sorted = [...distances].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
  return { median: at(0.5), p90: at(0.9), frames };
}

/** median, p90: bounds, as fractions of the image's height. */
export function expectWithin(errors: Errors, median: number, p90: number): void {
  expect(errors.frames).toBeGreaterThan(0);
  expect(errors.median).toBeLessThan(median);
  expect(errors.p90).toBeLessThan(p90);
}

/** How far from their true positions the sure joints are found and drawn, in the frames of the given moves. */
export function compare(
  all: readonly Drawing[],
  truth: ReadonlyMap<number, Point>,
  moves: readonly Move[],
): Record<'found' | 'drawn', Errors> {
  const distances = { found: [] as number[], drawn: [] as number[] };
  const chosen = all.filter(({ frame }) => moves.includes(SHOTS[frame]?.move ?? 'still'));
  for (const { frame, found, drawn } of chosen) {
    const { left, top, scale } = SHOTS[frame] ?? { left: 0, top: 0, scale: Number.NaN };
    const shown = found.flatMap(({ score }, joint) => (score >= DISPLAY_THRESHOLD ? joint : []));
    expect(drawn).toHaveLength(shown.length);
    for (const [joint, { x, y }] of truth) {
      const add = (list: number[], point: Point | undefined) => {
        // A joint that is sure in the photo but missing here counts as infinitely far off.
        const { x: px, y: py } = point ?? { x: Number.POSITIVE_INFINITY, y: 0 };
        list.push(Math.hypot(px - left - x * scale, py - top - y * scale) / HEIGHT);
      };
      add(distances.found, shown.includes(joint) ? found[joint] : undefined);
      add(distances.drawn, drawn[shown.indexOf(joint)]);
    }
  }
  return { found: errorsOf(distances.found, chosen.length), drawn: errorsOf(distances.drawn, chosen.length) };
}
