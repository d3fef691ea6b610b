import { expect, it, onTestFinished, vi } from 'vitest';
import { EngineError } from './error';
import { Estimator } from './estimator';
import type { EstimateRequest, EventMessage, Frame, Ready, RequestMessage, ResponseMessage, Status } from './protocol';

const ready: Ready = {
  backend: 'webgpu',
  why: 'the browser has it',
  model: {
    name: 'm',
    input: 192,
    stages: undefined,
    parameters: 1,
    gmac: 1,
    bytes: 1,
  },
};
const result = { people: [], timings: { crop: 0, network: 0, total: 1 }, backend: 'webgpu' } as const;

/** The other side of the thread boundary, answering when the test says so. */
class FakeWorker extends EventTarget {
  readonly received: RequestMessage[] = [];
  terminated = false;

  postMessage(message: RequestMessage): void {
    this.received.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: ResponseMessage | EventMessage): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** The latest request of a type. */
  last<K extends RequestMessage['type']>(type: K): RequestMessage & { type: K } {
    const found = this.received.findLast((message) => message.type === type);
    if (!found) throw new Error(`no ${type} was asked for`);
    return found as RequestMessage & { type: K };
  }

  start(): void {
    this.say({ type: 'init', id: this.last('init').id, result: ready });
  }

  answer(): void {
    this.say({ type: 'estimate', id: this.last('estimate').id, result });
  }
}

function setUp(signal = new AbortController().signal, refusal?: Error, onStatus = (_: Status) => {}) {
  const workers: FakeWorker[] = [];
  const statuses: Status[] = [];
  const uncaptured: string[] = [];
  const create = () => {
    if (refusal) throw refusal;
    workers.push(new FakeWorker());
    return worker() as unknown as Worker;
  };
  const worker = () => {
    const latest = workers.at(-1);
    if (!latest) throw new Error('no worker');
    return latest;
  };
  const created = Estimator.create(create, signal, {
    backend: 'auto',
    model: { contract: 'https://example.org/model/contract.json' },
    detector: { contract: 'https://example.org/detector/contract.json' },
    onStatus: (status) => {
      statuses.push(status);
      onStatus(status);
    },
    onUncapturedError: (message) => uncaptured.push(message),
  });
  created.catch(() => undefined);
  return { workers, worker, statuses, uncaptured, created, states: () => statuses.map(({ state }) => state) };
}

async function started() {
  const parts = setUp();
  parts.worker().start();
  return { ...parts, estimator: await parts.created };
}

function request(transfer = false): EstimateRequest & { closed: () => number } {
  const close = vi.fn();
  const frame = { bitmap: { close } as unknown as ImageBitmap, width: 4, height: 4, time: 0 } satisfies Frame;
  return { frame, regions: 'everybody', maps: 'none', flipTest: false, transfer, closed: () => close.mock.calls.length };
}

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setTimeout(resolve));
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof EngineError ? error.code : error instanceof DOMException ? error.name : error),
  );

it('reports its status from loading to ready', async () => {
  const { worker, statuses, created } = setUp();
  worker().say({ type: 'loading', loaded: 5, total: 10 });
  worker().say({ type: 'compiling', done: 1, total: 2 });
  worker().start();
  await created;
  expect(statuses).toEqual([
    { state: 'loading', loaded: 0, total: 0 },
    { state: 'loading', loaded: 5, total: 10 },
    { state: 'compiling', done: 1, total: 2 },
    { state: 'ready', ready },
  ]);
});

it('starts and answers although onStatus throws, and reports the error as uncaught', async () => {
  const uncaught: unknown[] = [];
  const queue = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
    try {
      task();
    } catch (error) {
      uncaught.push(error);
    }
  });
  onTestFinished(() => queue.mockRestore());
  const mistake = new TypeError('in the caller');
  const { worker, created, states } = setUp(never, undefined, () => {
    throw mistake;
  });
  worker().start();
  const answer = (await created).estimate(never, request());
  await turn();
  worker().answer();
  expect(await answer).toEqual(result);
  expect(states()).toEqual(['loading', 'ready', 'running', 'ready']);
  expect(uncaught).toEqual([mistake, mistake, mistake, mistake]);
});

it.each([
  ['no-backend', 'unsupported'],
  ['weights-damaged', 'failed'],
] as const)('fails to start on %s', async (failure, state) => {
  const { worker, statuses, created } = setUp();
  worker().say({ type: 'failed', id: worker().last('init').id, failure: { code: failure, detail: 'd' } });
  expect(await code(created)).toBe(failure);
  expect(statuses.at(-1)).toMatchObject({ state, failure: { code: failure } });
  expect(worker().terminated).toBe(true);
});

it('reports a crashed worker if the browser refuses to create one', async () => {
  const refusal = new Error('Refused by the policy');
  const { created, states } = setUp(never, refusal);
  await expect(created).rejects.toMatchObject({ name: 'EngineError', code: 'worker-crashed', cause: refusal });
  expect(states()).toEqual(['loading', 'failed']);
});

it('terminates the worker if the start is aborted', async () => {
  const controller = new AbortController();
  const { worker, created } = setUp(controller.signal);
  controller.abort(new DOMException('no', 'AbortError'));
  expect(await code(created)).toBe('AbortError');
  expect(worker().terminated).toBe(true);
});

it('answers, and reports that it is running in the meantime', async () => {
  const { worker, states, estimator } = await started();
  const answer = estimator.estimate(never, request());
  await turn();
  expect(states().at(-1)).toBe('running');
  worker().answer();
  expect(await answer).toEqual(result);
  expect(states().at(-1)).toBe('ready');
});

it('runs one request at a time, in the order of the calls', async () => {
  const { worker, estimator } = await started();
  const given = [request(), request(true), request()];
  const answers = given.map((one) => code(estimator.estimate(never, one)));
  for (const [i] of given.entries()) {
    await turn();
    expect(worker().received.filter(({ type }) => type === 'estimate')).toHaveLength(i + 1);
    worker().answer();
  }
  expect(await Promise.all(answers)).toEqual(['answered', 'answered', 'answered']);
  expect(given.map(({ closed }) => closed())).toEqual([0, 0, 0]); // the second belongs to the worker
});

it('cancels one queued image, and no other', async () => {
  const { worker, estimator } = await started();
  const controller = new AbortController();
  const given = request(true);
  const first = code(estimator.estimate(never, request()));
  const second = code(estimator.estimate(controller.signal, given));
  const third = code(estimator.estimate(never, request()));
  controller.abort(new DOMException('enough', 'AbortError'));
  expect(await second).toBe('AbortError');
  for (let turns = 0; turns < 2; turns += 1) {
    await turn();
    worker().answer();
  }
  expect(await Promise.all([first, third])).toEqual(['answered', 'answered']);
  expect(given.closed()).toBe(1); // it was never transferred
});

it('rejects at once on abort, and tells the worker', async () => {
  const { worker, estimator } = await started();
  const controller = new AbortController();
  const aborted = code(estimator.estimate(controller.signal, request()));
  await turn();
  controller.abort(new DOMException('enough', 'AbortError'));
  expect(await aborted).toBe('AbortError');
  expect(worker().last('abort').params.id).toBe(worker().last('estimate').id);
  expect(worker().terminated).toBe(false);

  const next = code(estimator.estimate(never, request()));
  worker().say({ type: 'aborted', id: worker().last('estimate').id });
  await turn();
  worker().answer();
  expect(await next).toBe('answered');
});

it('reports a failure and is ready again', async () => {
  const { worker, estimator, states } = await started();
  const failed = code(estimator.estimate(never, request()));
  await turn();
  worker().say({ type: 'failed', id: worker().last('estimate').id, failure: { code: 'out-of-memory', detail: '' } });
  expect(await failed).toBe('out-of-memory');
  expect(states().at(-1)).toBe('ready');
});

it('rejects an image that cannot be sent, and answers the next', async () => {
  const { worker, estimator, states } = await started();
  vi.spyOn(worker(), 'postMessage').mockImplementationOnce(() => {
    throw new DOMException('the bitmap is closed', 'DataCloneError');
  });
  expect(await code(estimator.estimate(never, request()))).toBe('estimate-failed');
  expect(states().at(-1)).toBe('ready');
  const next = code(estimator.estimate(never, request()));
  await turn();
  worker().answer();
  expect(await next).toBe('answered');
});

it('replaces a worker whose device is lost, and resends an image that was not transferred', async () => {
  const { workers, worker, estimator } = await started();
  const kept = code(estimator.estimate(never, request()));
  await turn();
  worker().say({ type: 'device-lost', reason: 'gone' });
  expect(workers[0]?.terminated).toBe(true);
  expect(workers).toHaveLength(2);
  worker().start();
  await turn();
  worker().answer();
  expect(await kept).toBe('answered');
});

it('replaces the worker again only if it has been stable in between', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  onTestFinished(() => clock.mockRestore());
  const { workers, worker, estimator, statuses } = await started();
  const work = async (time: number) => {
    clock.mockReturnValue(time);
    const answer = code(estimator.estimate(never, request(true)));
    await turn();
    worker().answer();
    expect(await answer).toBe('answered');
  };
  worker().say({ type: 'device-lost', reason: 'gone' });
  clock.mockReturnValue(100_000); // a slow start
  worker().start();
  await turn();
  await work(110_000);
  await work(140_000);

  const moved = code(estimator.estimate(never, request(true)));
  await turn();
  worker().say({ type: 'device-lost', reason: 'gone' });
  expect(await moved).toBe('device-lost');
  expect(workers).toHaveLength(3);

  worker().start();
  await turn();
  await work(145_000);
  worker().say({ type: 'device-lost', reason: 'gone again' });
  expect(workers).toHaveLength(3);
  expect(statuses.at(-1)).toMatchObject({ state: 'failed', failure: { code: 'device-lost' } });
});

it('fails if the device is lost twice without an answer in between', async () => {
  const { workers, worker, estimator, statuses } = await started();
  const answer = code(estimator.estimate(never, request()));
  await turn();
  worker().say({ type: 'device-lost', reason: 'gone' });
  worker().start();
  await turn();
  worker().say({ type: 'device-lost', reason: 'gone again' });
  expect(await answer).toBe('device-lost');
  expect(workers).toHaveLength(2);
  expect(statuses.at(-1)).toMatchObject({ state: 'failed', failure: { code: 'device-lost' } });
  expect(await code(estimator.estimate(never, request()))).toBe('device-lost');
});

it('replaces the worker again after a long idle time, and uses WebAssembly if the device is lost during the next start', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  onTestFinished(() => clock.mockRestore());
  const { workers, worker, statuses } = await started();
  worker().say({ type: 'device-lost', reason: 'gone' });
  worker().start();
  await turn();
  clock.mockReturnValue(3_600_000);
  worker().say({ type: 'device-lost', reason: 'gone' });
  expect(workers).toHaveLength(3);
  expect(worker().last('init').params).toMatchObject({ backend: 'auto' });
  worker().say({ type: 'device-lost', reason: 'gone while it starts' });
  expect(workers).toHaveLength(4);
  expect(worker().last('init').params).toMatchObject({ backend: 'wasm', why: 'the GPU was lost while starting' });
  worker().start();
  await turn();
  expect(statuses.at(-1)).toMatchObject({ state: 'ready' });
});

it('fails if the worker crashes', async () => {
  const { worker, estimator, statuses } = await started();
  const answer = code(estimator.estimate(never, request()));
  await turn();
  worker().dispatchEvent(Object.assign(new Event('error'), { message: 'boom' }));
  expect(await answer).toBe('worker-crashed');
  expect(statuses.at(-1)).toMatchObject({ state: 'failed', failure: { code: 'worker-crashed' } });
});

it('rejects with the reason if the worker crashes just before an image is sent', async () => {
  const { worker, estimator } = await started();
  const crashed = code(estimator.estimate(never, request()));
  worker().dispatchEvent(Object.assign(new Event('error'), { message: 'boom' }));
  expect(await crashed).toBe('worker-crashed');
});

it('waits for the new worker if the device is lost just before an image is sent', async () => {
  const { worker, estimator } = await started();
  const answer = code(estimator.estimate(never, request(true)));
  worker().say({ type: 'device-lost', reason: 'gone' });
  await turn();
  expect(worker().received.map(({ type }) => type)).toEqual(['init']);
  worker().start();
  await turn();
  worker().answer();
  expect(await answer).toBe('answered');
});

it('rejects and terminates the worker if the abort coincides with the end of the start', async () => {
  const controller = new AbortController();
  const { worker, created } = setUp(controller.signal);
  worker().start();
  controller.abort(new DOMException('no', 'AbortError'));
  expect(await code(created)).toBe('AbortError');
  expect(worker().terminated).toBe(true);
});

it('forwards uncaptured errors', async () => {
  const { worker, uncaptured } = await started();
  worker().say({ type: 'uncaptured-error', message: 'validation' });
  expect(uncaptured).toEqual(['validation']);
});

it('terminates the worker on dispose, and reports no status afterwards', async () => {
  const { worker, estimator, statuses } = await started();
  const waiting = code(estimator.estimate(never, request()));
  await turn();
  const told = statuses.length;
  const disposed = estimator.dispose();
  worker().say({ type: 'dispose', id: worker().last('dispose').id, result: null });
  await disposed;
  expect(worker().terminated).toBe(true);
  expect(await waiting).toBe('AbortError');
  expect(statuses).toHaveLength(told);
  expect(await code(estimator.estimate(never, request()))).toBe('AbortError');
});
