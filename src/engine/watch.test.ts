import { afterEach, expect, it, vi } from 'vitest';
import type { DeviceEvent } from './error';
import { watch } from './watch';

class OutOfMemory extends Error {}

function setUp() {
  vi.stubGlobal('GPUOutOfMemoryError', OutOfMemory);
  const events: DeviceEvent[] = [];
  let lose = (_: Pick<GPUDeviceLostInfo, 'reason' | 'message'>) => undefined as unknown;
  const lost = new Promise<unknown>((resolve) => {
    lose = resolve;
  });
  const device = Object.assign(new EventTarget(), { lost });
  const health = watch(device as unknown as GPUDevice, (event) => events.push(event));
  const say = (error: Error) => device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error }));
  return { events, health, say, lose: (message: string) => lose({ reason: 'unknown', message }) };
}

afterEach(() => vi.unstubAllGlobals());

it('forwards uncaptured errors without failing the current work', () => {
  const { events, health, say } = setUp();
  say(new Error('bad binding'));
  expect(events).toEqual([{ type: 'uncaptured-error', message: 'bad binding' }]);
  expect(() => health.check()).not.toThrow();
});

it('fails only the current work when memory runs out', () => {
  const { health, say } = setUp();
  say(new OutOfMemory('too much'));
  expect(() => health.check()).toThrow('out-of-memory');
  expect(() => health.check()).not.toThrow();
});

it('reports a lost device, and fails everything from then on', async () => {
  const { events, health, lose } = setUp();
  lose('driver reset');
  await health.settle();
  expect(events).toEqual([{ type: 'device-lost', reason: 'unknown: driver reset' }]);
  expect(() => health.check()).toThrow('device-lost');
  expect(() => health.check()).toThrow('device-lost');
});

it('reports nothing once stopped, or without a device', async () => {
  const { events, health, lose, say } = setUp();
  health.stop();
  say(new Error('late'));
  lose('our own doing');
  await health.settle();
  expect(events).toEqual([]);
  const none = watch(undefined, (event) => events.push(event));
  await none.settle();
  expect(() => none.check()).not.toThrow();
});
