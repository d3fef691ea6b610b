import { expect, it, vi } from 'vitest';
import { createPause } from './pause';

it('pauses whenever work has blocked the page for a while', async () => {
  let time = 0;
  const next = vi.fn(async () => undefined);
  const pause = createPause(() => time, next);
  expect(await pause()).toBe(false);
  time = 40;
  expect([await pause(), await pause()]).toEqual([true, false]);
  time = 80;
  expect(await pause()).toBe(true);
  expect(next).toHaveBeenCalledTimes(2);
});
