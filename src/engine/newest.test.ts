import { expect, it, vi } from 'vitest';
import { NewestFrame, type WaitingFrame } from './newest';

const never = new AbortController().signal;
const at = (captured: number, fresh = false): WaitingFrame => ({ captured, position: undefined, alone: false, fresh });

it('returns the newest frame once, and reports when another was dropped for it', () => {
  const newest = new NewestFrame();
  expect([newest.put(at(1)), newest.put(at(2)), newest.put(at(3))]).toEqual([false, true, true]);
  expect([newest.take(), newest.take(), newest.waiting]).toEqual([at(3), undefined, undefined]);
});

it('remembers that a frame which did not continue the earlier ones was dropped', () => {
  const newest = new NewestFrame();
  newest.put(at(1, true));
  newest.put(at(2));
  expect(newest.take()).toEqual(at(2, true));
  newest.put(at(3));
  expect(newest.take()).toEqual(at(3));
});

it('wakes a caller that waits for an arrival', async () => {
  const newest = new NewestFrame();
  const arrival = newest.arrival(never);
  newest.put(at(1));
  newest.put(at(2));
  expect(await arrival).toBe(true);
  expect(newest.take()).toEqual(at(2));
});

it('puts a frame again after a while, unless another has arrived', async () => {
  vi.useFakeTimers();
  const newest = new NewestFrame();
  const again = () => newest.again(() => at(2, true));
  const alone = again();
  expect(newest.waiting).toBeUndefined();
  await vi.runAllTimersAsync();
  expect([await alone, newest.take()]).toEqual([true, at(2, true)]);
  const late = again();
  newest.put(at(3));
  await vi.runAllTimersAsync();
  expect([await late, newest.take()]).toEqual([false, at(3)]);
  vi.useRealTimers();
});

it('resolves at once if a frame is there, and distinguishes an abort from an arrival', async () => {
  const newest = new NewestFrame();
  newest.put(at(0));
  expect(await newest.arrival(never)).toBe(true);
  newest.take();
  const controller = new AbortController();
  const arrival = newest.arrival(controller.signal);
  controller.abort();
  expect(await arrival).toBe(false);
  newest.put(at(1));
  expect(await newest.arrival(controller.signal)).toBe(false);
});

it('hands out one frame at a time without a backlog', async () => {
  const newest = new NewestFrame();
  const controller = new AbortController();
  const seen: (number | undefined)[] = [];
  const work = (async () => {
    while (await newest.arrival(controller.signal)) {
      seen.push(newest.take()?.captured);
      for (const later of [2, 3, 4]) if (seen.length === 1) newest.put(at(later));
      await Promise.resolve();
      if (seen.length === 2) controller.abort();
    }
  })();
  newest.put(at(1));
  await work;
  expect(seen).toEqual([1, 4]);
});
