import { expect, it } from 'vitest';
import { videoBytes } from '../testing/video-bytes';
import { readFrameTimes } from './frame-times';
import { indexed } from './indexed';

const { signal } = new AbortController();
/** A recorder has dropped a second of frames. */
const TIMES = [0, 0.04, 0.08, 0.12, 1.2, 1.24, 1.28, 1.33, 1.36];

const bytesOf = async (file: Blob) => Buffer.from(await file.arrayBuffer());
const CUES = Buffer.from('1c53bb6b', 'hex');

it('adds an index to a WebM that has none, and leaves its frames where they are', async () => {
  const file = await videoBytes('webm without an index', TIMES, { keys: 3 });
  expect((await bytesOf(file)).includes(CUES)).toBe(false);
  const made = await indexed(signal, file);
  expect((await bytesOf(made)).includes(CUES)).toBe(true);
  const frames = await readFrameTimes(signal, made, 1.4, 0);
  const places = [0];
  for (let i = 1; i < TIMES.length; i += 1) places.push(await frames.beside(places.at(-1) ?? 0, 1));
  const middles = TIMES.map((time, i) => (time + (TIMES[i + 1] ?? 1.4)) / 2);
  expect(places.slice(1)).toEqual(middles.slice(1).map((middle) => expect.closeTo(middle, 3)));
});

it.each(['webm', 'mkv', 'mp4', 'fragmented mp4'] as const)('leaves any other file unchanged: %s', async (container) => {
  const file = await videoBytes(container, TIMES);
  expect(await indexed(signal, file)).toBe(file);
});

it('returns a file even if it cannot read it', async () => {
  for (const bytes of [[], ['no video'], ['\x1a']]) {
    const file = new Blob(bytes);
    expect(await indexed(signal, file)).toBe(file);
  }
  const cut = (await videoBytes('webm without an index', TIMES)).slice(0, 200);
  expect(await indexed(signal, cut)).toBeInstanceOf(Blob);
  const gone = await videoBytes('webm without an index', TIMES);
  gone.slice = () => {
    throw new DOMException('the file has gone', 'NotFoundError');
  };
  expect(await indexed(signal, gone)).toBe(gone);
});
