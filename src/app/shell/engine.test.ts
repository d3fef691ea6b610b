import { expect, it, vi } from 'vitest';
import { EngineError } from '../../engine/error';
import type { EstimatorOptions } from '../../engine/protocol';
import { createEstimator, FAKE_READY } from '../../testing/fake-client';
import { startEngine } from './engine';
import { createAppStore } from './store';

const params = { backend: 'auto', model: { contract: 'model' }, detector: { contract: 'detector' } } as const;
const lost = { code: 'device-lost', detail: '' } as const;

it('tracks the engine from loading to ready', async () => {
  const store = createAppStore();
  const seen: string[] = [];
  store.subscribe(({ engine }) => seen.push(engine.state));
  await startEngine(store, createEstimator, params).client();
  expect([...new Set(seen)]).toEqual(['loading', 'compiling', 'ready']);
});

it('reports why the engine could not start, and restarts it on demand', async () => {
  const store = createAppStore();
  const create = vi.fn(createEstimator).mockRejectedValueOnce(new EngineError({ code: 'no-backend', detail: 'none' }));
  const engine = startEngine(store, create, params);
  await expect(engine.client()).rejects.toThrow('no-backend');
  expect(store.getState()).toMatchObject({ engine: { state: 'unsupported' }, notice: { code: 'no-backend', remedy: 'retry' } });
  engine.restart();
  await engine.client();
  expect(store.getState()).toMatchObject({ engine: { state: 'ready' }, notice: undefined });
});

it('shows a failure that occurs while the engine is idle, and ignores one of an engine that was dropped', async () => {
  const store = createAppStore();
  const options: EstimatorOptions[] = [];
  const engine = startEngine(
    store,
    (signal, given) => {
      options.push(given);
      return createEstimator(signal, given);
    },
    params,
  );
  await engine.client();
  options[0]?.onStatus({ state: 'failed', failure: lost });
  expect(store.getState()).toMatchObject({ engine: { state: 'failed' }, notice: { code: 'device-lost' } });
  engine.restart();
  await engine.client();
  options[0]?.onStatus({ state: 'failed', failure: lost });
  expect(store.getState().engine).toEqual({ state: 'ready', ready: FAKE_READY });
  await engine.dispose();
});
