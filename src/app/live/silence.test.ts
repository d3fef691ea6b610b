import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SILENCE_MS, watchSilence } from './silence';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => vi.useRealTimers());

it('reports once that a camera delivers no frames, and when they resume', () => {
  const told = vi.fn();
  const onFrame = watchSilence(new AbortController().signal, () => false, told);
  vi.advanceTimersByTime(SILENCE_MS - 1);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2 * SILENCE_MS);
  expect(told.mock.calls).toEqual([[true]]);
  onFrame();
  expect(told.mock.calls).toEqual([[true], [false]]);
});

it('gives a camera the full waiting time after the page is shown again', () => {
  const told = vi.fn();
  let hidden = true;
  watchSilence(new AbortController().signal, () => hidden, told);
  vi.advanceTimersByTime(SILENCE_MS - 100);
  hidden = false;
  vi.advanceTimersByTime(SILENCE_MS - 1000);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1100);
  expect(told.mock.calls).toEqual([[true]]);
});

it('reports nothing while frames arrive, while the page is hidden, or after the camera is off', () => {
  const told = vi.fn();
  const stop = new AbortController();
  let hidden = false;
  const onFrame = watchSilence(stop.signal, () => hidden, told);
  for (let i = 0; i < 5; i += 1) {
    onFrame();
    vi.advanceTimersByTime(SILENCE_MS);
  }
  hidden = true;
  vi.advanceTimersByTime(2 * SILENCE_MS);
  stop.abort();
  hidden = false;
  vi.advanceTimersByTime(2 * SILENCE_MS);
  expect(told).not.toHaveBeenCalled();
});
