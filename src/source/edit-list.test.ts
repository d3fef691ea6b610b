import { readFileSync } from 'node:fs';
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect, it } from 'vitest';
import { videoBytes } from '../testing/video-bytes';
import { withEditList } from './edit-list';

/** H.264 with B-frames and without an edit list; e2e/live/b-frames.spec.ts says how it was made. */
const bytes = readFileSync(new URL('../../e2e/support/b-frames.mp4', import.meta.url));

/** The times of all frames in storage order, seconds, and the bytes of each. */
async function packets(file: Blob): Promise<{ readonly times: number[]; readonly data: Uint8Array[] }> {
  const track = await new Input({ source: new BlobSource(file), formats: ALL_FORMATS }).getPrimaryVideoTrack();
  if (!track) throw new Error('there is no video');
  const found = { times: [] as number[], data: [] as Uint8Array[] };
  for await (const packet of new EncodedPacketSink(track).packets()) {
    found.times.push(Number(packet.timestamp.toFixed(3)));
    found.data.push(packet.data);
  }
  return found;
}

it('makes the first frame of an MP4 with B-frames start at 0, and leaves the frames unchanged', async () => {
  const file = new Blob([bytes], { type: 'video/mp4' });
  const made = await withEditList(file);
  expect(made.type).toBe('video/mp4');
  const [before, after] = [await packets(file), await packets(made)];
  expect(Math.min(...before.times)).toBe(0.08);
  expect(after.times).toEqual(before.times.map((time) => Number((time - 0.08).toFixed(3))));
  expect(after.data).toEqual(before.data);
  expect(await withEditList(made)).toBe(made);
});

it.each(['mp4', 'fragmented mp4', 'webm'] as const)('leaves any other file unchanged: %s', async (container) => {
  const file = await videoBytes(container, [0, 0.04, 0.08]);
  expect(await withEditList(file)).toBe(file);
});

it('leaves truncated files, files with an open end and non-videos unchanged', async () => {
  const open = Buffer.concat([bytes, Buffer.from('\0\0\0\0free')]);
  for (const part of [bytes.subarray(0, 700), bytes.subarray(0, -1), open, Buffer.from('no video'), Buffer.alloc(0)]) {
    const file = new Blob([part]);
    expect(await withEditList(file)).toBe(file);
  }
});
