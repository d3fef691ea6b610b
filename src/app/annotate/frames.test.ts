import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { files, images, resetWorld, settled, start, world } from './testing';

beforeEach(resetWorld);

it('keeps few images decoded, however many there are, and none after the session is closed', async () => {
  const annotate = start();
  await annotate.openFiles(files(...Array.from({ length: 60 }, (_, i) => `${i}.jpg`)));
  await settled(annotate);
  const session = annotate.session();
  const { signal } = new AbortController();
  for (const { id } of images(annotate)) {
    session?.show(id);
    await session?.thumbnail(signal, id);
    await new Promise((resolve) => setTimeout(resolve)); // bitmaps are closed a moment later
  }
  await vi.waitFor(() => expect(world.alive).toBeLessThanOrEqual(2));
  expect(world.most).toBeLessThanOrEqual(12);
  await annotate.leave();
  await vi.waitFor(() => expect(world.alive).toBe(0));
});
