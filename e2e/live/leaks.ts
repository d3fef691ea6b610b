/** Long runs of the Live screen, and what they leave behind. */
import { LONG, type PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';
import { type Held, held, type Sample, samples, watchEngine, watchPage } from './held';

/** Frames and starts until everything that is created once has been created. */
const WARM_UP_FRAMES = 4;
const WARM_UP_STARTS = 2;
/** How many batch sizes' programs the engine keeps on WebGPU. */
const RECORDED_SIZES = 4;

export interface Figures {
  readonly frames: readonly Sample[];
  readonly before: Held;
  readonly after: Held;
}

const button = ({ page }: PhotoPage, name: string) => page.getByRole('button', { name });

async function start(photo: PhotoPage): Promise<void> {
  await button(photo, 'Start camera').click();
}

async function stop(photo: PhotoPage): Promise<void> {
  await button(photo, 'Stop camera').click();
  await expect(button(photo, 'Start camera')).toBeVisible();
}

/** Processes `frames` frames in one run, then starts and stops the camera `starts` times, each time for at least one frame. */
export async function runLive(photo: PhotoPage, frames: number, starts: number, query = ''): Promise<Figures> {
  await watchPage(photo.page);
  await photo.page.goto(`./${query}#live`);
  await photo.ready();
  const worker = await watchEngine(photo.page);
  const looked = async () => (await samples(worker)).length;
  const look = (count: number) => expect.poll(looked, { timeout: LONG }).toBeGreaterThanOrEqual(count);
  const once = async () => {
    const now = await looked();
    await start(photo);
    await look(now + 2);
    await stop(photo);
  };
  for (let i = 0; i < WARM_UP_STARTS; i += 1) await once();
  const before = await held(photo);
  await start(photo);
  await look((await looked()) + frames);
  await stop(photo);
  for (let i = 0; i < starts; i += 1) await once();
  return { frames: (await samples(worker)).slice(WARM_UP_FRAMES), before, after: await held(photo) };
}

/** Expects that nothing has grown, neither with frames nor with starts. */
export async function expectFlat(photo: PhotoPage, { frames, before, after }: Figures, starts: number): Promise<void> {
  const first = frames[0];
  expect(first?.gpu || (first?.tensors ?? 0) > 10).toBe(true); // otherwise something else was counted
  for (const frame of frames) expect({ ...frame, buffers: 0 }).toEqual({ ...first, buffers: 0 });
  // A program is recorded when its batch size first occurs, and the last few are kept; a leak would add to them frame by frame.
  expect(new Set(frames.map(({ buffers }) => buffers)).size).toBeLessThanOrEqual(RECORDED_SIZES);
  expect(first?.bitmaps).toBe(0);
  expect(after).toMatchObject({ tracks: 0, bitmaps: 0 });
  // The browser keeps a few for itself, some only for a while; whatever each start leaked would be there `starts` times.
  const grown = async () => {
    const { nodes, listeners } = await held(photo);
    return Math.max(nodes - before.nodes, listeners - before.listeners);
  };
  await expect.poll(grown).toBeLessThan(starts);
}
