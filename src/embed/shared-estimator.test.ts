import { beforeEach, expect, it, vi } from 'vitest';
import type { Status } from '../engine/protocol';
import { createPoseEstimator } from './create';
import type { PoseEstimator } from './pose-estimator';
import { holdEstimator } from './shared-estimator';

vi.mock('./create');

const CHOICE = { backend: 'wasm', modelUrl: undefined, detectorUrl: undefined } as const;
const quiet = () => undefined;
const nextTurn = () => new Promise((resolve) => setTimeout(resolve));

/** Fake engines, which start immediately, in the order in which they were started. */
let started: { readonly dispose: () => Promise<void>; readonly tell: (status: Status) => void }[] = [];

beforeEach(() => {
  started = [];
  vi.mocked(createPoseEstimator).mockImplementation(async ({ onStatus = quiet } = {}) => {
    const dispose = vi.fn(async () => undefined);
    started.push({ dispose, tell: onStatus });
    return { dispose } as unknown as PoseEstimator;
  });
});

it('keeps the engine if another holder takes it in the same turn as the last release, and disposes it after the last one', async () => {
  const first = holdEstimator(CHOICE, quiet);
  const estimator = await first.estimator;
  first.release();
  const second = holdEstimator(CHOICE, quiet);
  await nextTurn();
  expect(await second.estimator).toBe(estimator);
  expect(started[0]?.dispose).not.toHaveBeenCalled();
  second.release();
  second.release();
  await nextTurn();
  expect(started).toHaveLength(1);
  expect(started[0]?.dispose).toHaveBeenCalledOnce();
});

it('stops the start of an engine that nobody waits for any more', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  vi.mocked(createPoseEstimator).mockImplementation(({ signal } = {}) => {
    signals.push(signal);
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  });
  const [first, second] = [holdEstimator(CHOICE, quiet), holdEstimator(CHOICE, quiet)];
  first.release();
  await nextTurn();
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  second.release();
  await expect(second.estimator).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

it('gives the next holder a new engine after a failure, while others still hold the failed one', async () => {
  const first = holdEstimator(CHOICE, quiet);
  await first.estimator;
  started[0]?.tell({ state: 'failed', failure: { code: 'device-lost', message: 'gone', retry: false } } as unknown as Status);
  const second = holdEstimator(CHOICE, quiet);
  expect(await second.estimator).not.toBe(await first.estimator);
  first.release();
  await nextTurn();
  expect(started.map(({ dispose }) => vi.mocked(dispose).mock.calls.length)).toEqual([1, 0]);
  second.release();
  await nextTurn();
});

it('retries after a failed start', async () => {
  vi.mocked(createPoseEstimator).mockRejectedValueOnce(new Error('offline'));
  const first = holdEstimator(CHOICE, quiet);
  await expect(first.estimator).rejects.toThrow('offline');
  const second = holdEstimator(CHOICE, quiet);
  first.release();
  await second.estimator;
  expect(started).toHaveLength(1);
  second.release();
  await nextTurn();
});

it('shares the engine of the defaults, whether they are named or left out', async () => {
  const leases = [holdEstimator({}, quiet), holdEstimator({ backend: 'auto' }, quiet)];
  await Promise.all(leases.map(({ estimator }) => estimator));
  expect(started).toHaveLength(1);
  for (const { release } of leases) release();
  await nextTurn();
});
