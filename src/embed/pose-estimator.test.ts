import { afterEach, expect, it, vi } from 'vitest';
import type { EstimateRequest, EstimateResult, EstimatorClient, PersonResult } from '../engine/protocol';
import { fakePerson } from '../testing/fake-client';
import { startPoseEstimator } from './pose-estimator';

const RESULT: EstimateResult = { people: [], timings: { crop: 0, network: 0, total: 0 }, backend: 'wasm' };
/** Header of a one-pixel PNG file. */
const HEAD = Uint8Array.from([...'\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01'].map((c) => c.charCodeAt(0)));
const FILE = new Blob([HEAD]);

/** An estimator on a fake browser that counts open bitmaps, and an engine that answers on demand. Decoding a blob takes `decodeMs`. */
async function setUp(decodeMs = 0) {
  let open = 0;
  vi.stubGlobal('location', { href: 'https://example.org/' });
  vi.stubGlobal('createImageBitmap', async (image: unknown) => {
    await new Promise((resolve) => setTimeout(resolve, image instanceof Blob ? decodeMs : 0));
    open += 1;
    let closed = false;
    const close = () => {
      if (!closed) open -= 1;
      closed = true;
    };
    return { width: 1, height: 1, close };
  });
  const asked: EstimateRequest[] = [];
  const answers: ((people: readonly PersonResult[]) => void)[] = [];
  const client: EstimatorClient = {
    estimate: (signal, request) => {
      asked.push(request);
      return new Promise((resolve, reject) => {
        const end = () => request.transfer && request.frame.bitmap.close();
        signal.addEventListener('abort', () => {
          end();
          reject(signal.reason);
        });
        answers.push((people) => {
          end();
          resolve({ ...RESULT, people });
        });
      });
    },
    dispose: async () => undefined,
  };
  const estimator = await startPoseEstimator(async () => client, {});
  return { estimator, asked, answer: (people: readonly PersonResult[] = []) => answers.shift()?.(people), open: () => open };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

afterEach(() => vi.unstubAllGlobals());

it('decodes files one at a time', async () => {
  const { estimator, asked, answer, open } = await setUp();
  const all = Promise.all([1, 2, 3].map(() => estimator.estimate(FILE)));
  for (let i = 0; i < 3; i += 1) {
    await vi.waitFor(() => expect(asked).toHaveLength(i + 1));
    expect(open()).toBe(1);
    answer();
  }
  await all;
  expect(open()).toBe(0);
});

it('captures the pixels of a canvas immediately, and keeps the order of the calls', async () => {
  const { estimator, asked, answer, open } = await setUp(20);
  const all = Promise.all([estimator.estimate(FILE, { maps: 'all' }), estimator.estimate({} as OffscreenCanvas)]);
  await turn();
  expect(open()).toBe(1);
  for (let i = 0; i < 2; i += 1) {
    await vi.waitFor(() => expect(asked).toHaveLength(i + 1));
    answer();
  }
  await all;
  expect(asked.map(({ maps }) => maps)).toEqual(['all', 'none']);
});

it('aborts a queued file immediately, without decoding it', async () => {
  const { estimator, asked, answer, open } = await setUp();
  const first = estimator.estimate(FILE);
  const aborter = new AbortController();
  const second = estimator.estimate(FILE, { signal: aborter.signal });
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  aborter.abort('no more');
  await expect(second).rejects.toBe('no more');
  answer();
  await first;
  await turn();
  expect(open()).toBe(0);
});

it('tracks frames in the order of the calls, however long they take to decode', async () => {
  const { estimator, asked, answer, open } = await setUp(20);
  const tracker = estimator.track();
  const all = Promise.all([tracker.next(FILE, { time: 0 }), tracker.next({} as OffscreenCanvas, { time: 40 })]);
  for (let i = 0; i < 2; i += 1) {
    await vi.waitFor(() => expect(asked).toHaveLength(i + 1));
    answer();
  }
  expect((await all).map(({ time }) => time)).toEqual([0, 40]);
  expect(asked.map(({ frame }) => frame.time)).toEqual([0, 40]);
  expect(asked.map(({ transfer }) => transfer)).toEqual([false, false]); // sent again if the device is lost
  expect(open()).toBe(0);
});

it('restarts a tracker between the frames of the calls before and after', async () => {
  const { estimator, asked, answer } = await setUp();
  const tracker = estimator.track({ atOnce: true });
  const before = tracker.next(FILE, { time: 0 });
  tracker.restart(40);
  const all = Promise.all([before, tracker.next(FILE, { time: 40 })]);
  for (let i = 0; i < 2; i += 1) {
    await vi.waitFor(() => expect(asked).toHaveLength(i + 1));
    answer([fakePerson({ cx: 2, cy: 2, side: 4 }, 'none')]);
  }
  expect((await all).map(({ people }) => people.map(({ id }) => id))).toEqual([[1], [2]]);
});
