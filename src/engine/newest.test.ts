import { expect, it } from 'vitest';
import { Newest } from './newest';

const never = new AbortController().signal;

it('returns the newest item once, and reports when another was dropped for it', () => {
  const newest = new Newest<number>();
  expect([newest.put(1), newest.put(2), newest.put(3)]).toEqual([false, true, true]);
  expect([newest.take(), newest.take(), newest.waiting]).toEqual([3, undefined, false]);
});

it('wakes a caller that waits for an arrival', async () => {
  const newest = new Newest<string>();
  const arrival = newest.arrival(never);
  newest.put('a');
  newest.put('b');
  expect(await arrival).toBe(true);
  expect(newest.take()).toBe('b');
});

it('resolves at once if an item is there, and distinguishes an abort from an arrival', async () => {
  const newest = new Newest<number>();
  newest.put(0);
  expect(await newest.arrival(never)).toBe(true);
  newest.take();
  const controller = new AbortController();
  const arrival = newest.arrival(controller.signal);
  controller.abort();
  expect(await arrival).toBe(false);
  newest.put(1);
  expect(await newest.arrival(controller.signal)).toBe(false);
});

it('hands out one item at a time without a backlog', async () => {
  const newest = new Newest<number>();
  const controller = new AbortController();
  const seen: number[] = [];
  const work = (async () => {
    while (await newest.arrival(controller.signal)) {
      seen.push(newest.take() ?? Number.NaN);
      for (const later of [2, 3, 4]) if (seen.length === 1) newest.put(later);
      await Promise.resolve();
      if (seen.length === 2) controller.abort();
    }
  })();
  newest.put(1);
  await work;
  expect(seen).toEqual([1, 4]);
});
