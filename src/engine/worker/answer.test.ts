import { afterEach, expect, it, vi } from 'vitest';
import type { Ready } from '../protocol';
import { Answerer } from './answer';
import { Runtime } from './runtime';

vi.mock('./runtime');

const init = {
  type: 'init',
  id: 1,
  params: { backend: 'auto', model: { contract: 'x' }, detector: { contract: 'y' } },
} as const;

/** A start that ends when the test says so; `signal` is the one that it was given. */
function setUp() {
  const dispose = vi.fn();
  const runtime = { ready: {} as Ready, dispose } as unknown as Runtime;
  let finish = () => undefined as unknown;
  vi.mocked(Runtime.create).mockReturnValue(new Promise((resolve) => (finish = () => resolve(runtime))));
  const post = vi.fn();
  const answerer = new Answerer(post);
  const taken = answerer.take(init);
  const signal = vi.mocked(Runtime.create).mock.lastCall?.[0];
  return { answerer, dispose, post, taken, signal, finish: () => finish() };
}

afterEach(() => vi.resetAllMocks());

it('disposes of the runtime only once, even if it is closed after a dispose', async () => {
  const { answerer, dispose, taken, finish } = setUp();
  finish();
  await taken;
  await answerer.take({ type: 'dispose', id: 2, params: null });
  answerer.close();
  expect(dispose).toHaveBeenCalledOnce();
});

it('aborts a start when it is closed, and disposes of a runtime that starts anyway', async () => {
  const { answerer, dispose, post, taken, signal, finish } = setUp();
  answerer.close();
  expect(signal?.aborted).toBe(true);
  finish();
  await taken;
  expect(dispose).toHaveBeenCalledOnce();
  expect(post).not.toHaveBeenCalled();
});
