import { expect, it } from 'vitest';
import { type Container, videoBytes } from '../testing/video-bytes';
import { type FrameTimes, readFrameTimes } from './frame-times';

const CONTAINERS: readonly Container[] = ['mp4', 'fragmented mp4', 'webm', 'webm without an index', 'mkv'];
const DURATION = 3;
/** Bytes. */
const PART = 2 ** 16;

/** 41 frames of 25 per second, in display order; a recorder has dropped some, and once more than a second. */
const TIMES = Array.from({ length: 90 }, (_, i) => i * 0.04)
  .filter((_, i) => i % 7 !== 3 && (i < 20 || i > 46))
  .map((time) => Math.round(time * 1000) / 1000)
  .filter((time) => time < DURATION);

/** The decoding order if two frames between others refer to the one after them. */
function withBFrames(times: readonly number[]): number[] {
  const groups = Array.from({ length: Math.ceil(times.length / 3) }, (_, i) => times.slice(i * 3, i * 3 + 3));
  return groups.flatMap((group) => [...group.slice(-1), ...group.slice(0, -1)]);
}

const middle = (times: readonly number[], i: number, delay = 0) =>
  ((times[i] ?? 0) + (times[i + 1] ?? (times[0] ?? 0) + DURATION)) / 2 + delay;

/** The frames reached by `count` steps from `from`, as positions on the browser's clock. */
async function walk(frames: FrameTimes, from: number, direction: 1 | -1, count: number): Promise<number[]> {
  const places: number[] = [];
  for (let place = from; places.length < count; places.push(place)) place = await frames.beside(place, direction);
  return places;
}

async function expectEveryFrame(frames: FrameTimes, times: readonly number[], delay = 0): Promise<void> {
  const middles = times.map((_, i) => middle(times, i, delay));
  const round = (places: readonly number[]) => places.map((place) => place.toFixed(3));
  const on = await walk(frames, (times[0] ?? 0) + delay, 1, times.length);
  expect(round(on)).toEqual(round([...middles.slice(1), ...middles.slice(-1)])); // it stays on the last one
  const back = await walk(frames, on.at(-1) ?? 0, -1, times.length);
  expect(round(back)).toEqual(round([...middles.toReversed().slice(1), ...middles.slice(0, 1)]));
}

it.each(CONTAINERS)('steps through every frame, and no other, forwards and backwards: %s', async (container) => {
  const file = await videoBytes(container, TIMES);
  await expectEveryFrame(await readFrameTimes(new AbortController().signal, file, DURATION, 0), TIMES);
});

it.each(CONTAINERS.filter((container) => !container.startsWith('webm')))(
  'steps in display order: %s with B-frames',
  async (container) => {
    const file = await videoBytes(container, [0, ...withBFrames(TIMES.slice(1))], { keys: 100 });
    await expectEveryFrame(await readFrameTimes(new AbortController().signal, file, DURATION, 0), TIMES);
  },
);

it.each([
  ['by the file’s own time, as in Chromium', 1.5, 0],
  ['from the first frame, as in Firefox', 0, -1.5],
])('measures the time of a video that starts late %s', async (_, firstShown, delay) => {
  const late = TIMES.map((time) => time + 1.5);
  const file = await videoBytes('webm', late);
  await expectEveryFrame(await readFrameTimes(new AbortController().signal, file, DURATION, firstShown), late, delay);
});

it('skips a frame that is too close to another to be shown', async () => {
  const file = await videoBytes('webm', [0, 0.039, 0.04, 0.08, 0.12]);
  const frames = await readFrameTimes(new AbortController().signal, file, 0.16, 0);
  expect(await walk(frames, 0, 1, 3)).toEqual([expect.closeTo(0.06), expect.closeTo(0.1), expect.closeTo(0.14)]);
});

it.each(['mp4', 'webm', 'fragmented mp4'] as const)('reads the file only around the position: %s', async (container) => {
  const times = Array.from({ length: 6000 }, (_, i) => i / 25);
  const bytes = await (await videoBytes(container, times, { size: 4000 })).arrayBuffer();
  const parts = Array.from({ length: Math.ceil(bytes.byteLength / PART) }, (_, i) => bytes.slice(i * PART, (i + 1) * PART));
  const file = new Blob(parts); // Node gives a part at once
  let read = 0;
  const { slice } = file;
  file.slice = (...range) => {
    const part = slice.call(file, ...range);
    const count = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (bytes, on) => {
        read += bytes.length;
        on.enqueue(bytes);
      },
    });
    const { stream } = part;
    part.stream = () => stream.call(part).pipeThrough(count);
    return part;
  };
  const frames = await readFrameTimes(new AbortController().signal, file, 240, 0);
  expect(await frames.beside(200, 1)).toBeCloseTo(200.06);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(file.size / 4);
});

it('rejects a file that is no known container, has no frames, or is gone', async () => {
  const { signal } = new AbortController();
  await expect(readFrameTimes(signal, new Blob(['RIFF....AVI LIST']), 1, 0)).rejects.toThrow();
  const file = await videoBytes('webm', TIMES);
  await expect(readFrameTimes(signal, file.slice(0, 100), 1, 0)).rejects.toThrow();
  const gone = new Blob([file]);
  gone.slice = () => {
    throw new DOMException('the file has gone', 'NotFoundError');
  };
  await expect(readFrameTimes(signal, gone, 1, 0)).rejects.toThrow();
});
