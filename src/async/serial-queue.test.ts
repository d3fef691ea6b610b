import { expect, it } from 'vitest';
import { createSerialQueue } from './serial-queue';

/** Tasks that settle on command, and a log of the order in which they began and ended. */
function recorder() {
  const log: string[] = [];
  const task = (name: string) => {
    let settle: { resolve: (value: string) => void; reject: (error: unknown) => void } | undefined;
    const done = new Promise<string>((resolve, reject) => {
      settle = { resolve, reject };
    });
    return {
      start: async () => {
        log.push(`${name} begins`);
        return done.finally(() => log.push(`${name} ends`));
      },
      resolve: () => settle?.resolve(name),
      reject: (error: unknown) => settle?.reject(error),
    };
  };
  return { log, task };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('runs one task at a time, in order, and gives each caller its own result', async () => {
  const { log, task } = recorder();
  const [a, b] = [task('a'), task('b')];
  const queue = createSerialQueue();
  const results = Promise.all([queue.run(a.start), queue.run(b.start)]);
  b.resolve();
  await settled();
  expect(log).toEqual(['a begins']);
  a.resolve();
  expect(await results).toEqual(['a', 'b']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('continues after a task that rejects or throws, and rejects only for its caller', async () => {
  const queue = createSerialQueue();
  const { task } = recorder();
  const [a, b] = [task('a'), task('b')];
  const first = queue.run(a.start);
  const thrown = queue.run(() => {
    throw new Error('not even a promise');
  });
  const second = queue.run(b.start);
  a.reject(new Error('no'));
  b.resolve();
  await expect(first).rejects.toThrow('no');
  await expect(thrown).rejects.toThrow('not even a promise');
  expect(await second).toBe('b');
});

it('queues a task that is added from within a task', async () => {
  const queue = createSerialQueue();
  const order: number[] = [];
  let inner: Promise<unknown> = Promise.resolve();
  await queue.run(async () => {
    inner = queue.run(async () => order.push(2));
    order.push(1);
  });
  await inner;
  expect(order).toEqual([1, 2]);
});
