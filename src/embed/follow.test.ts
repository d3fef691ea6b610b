import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EngineError } from '../engine/error';
import type { EstimateResult, EstimatorClient } from '../engine/protocol';
import { fakePerson } from '../testing/fake-client';
import { follow } from './follow';

const RESULT: EstimateResult = { people: [], timings: { crop: 0, network: 0, total: 0 }, backend: 'webgpu' };
const LOST = new EngineError({ code: 'device-lost', detail: 'gone' });

/** A video whose frames the test presents; tests may make it look like another site's. */
function videoOf(paused: boolean) {
  let present = (_: number, __: object) => undefined as unknown;
  const video = Object.assign(new EventTarget(), {
    paused,
    playbackRate: 1,
    readyState: 2,
    currentTime: 3,
    srcObject: null,
    currentSrc: 'a.mp4',
    requestVideoFrameCallback: (callback: typeof present) => {
      present = callback;
      return 1;
    },
    cancelVideoFrameCallback: () => undefined,
  });
  return {
    video,
    element: video as unknown as HTMLVideoElement,
    present: (time = performance.now(), mediaTime = 3) => present(time, { mediaTime }),
  };
}

const closed = vi.fn();
const readBack = vi.fn();
const clientOf = (estimate: EstimatorClient['estimate']): EstimatorClient => ({ estimate, dispose: async () => undefined });

beforeEach(() => {
  closed.mockReset();
  readBack.mockReset();
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
  vi.stubGlobal('createImageBitmap', async () => ({ width: 4, height: 4, close: closed }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ drawImage: () => undefined, getImageData: readBack });
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

it("retries a paused video's frame after a temporary device loss", async () => {
  const estimate = vi.fn(async () => RESULT).mockRejectedValueOnce(LOST);
  const { element } = videoOf(true);
  const frames = follow(clientOf(estimate), () => false, element);
  expect((await frames.next()).value).toMatchObject({ people: [], width: 4, height: 4 });
  expect(estimate).toHaveBeenCalledTimes(2);
  await frames.return();
});

it('throws on a permanent device loss', async () => {
  const { element } = videoOf(true);
  const frames = follow(
    clientOf(() => Promise.reject(LOST)),
    () => true,
    element,
  );
  await expect(frames.next()).rejects.toBe(LOST);
});

it('checks once per source whether the pixels are readable, and closes a frame that is not', async () => {
  const { video, element, present } = videoOf(false);
  const frames = follow(
    clientOf(async () => RESULT),
    () => false,
    element,
  );
  await frames.next();
  present();
  await frames.next();
  expect(readBack).toHaveBeenCalledOnce();
  expect(closed).not.toHaveBeenCalled(); // the engine closes the frames that it gets
  video.currentSrc = 'https://elsewhere.org/b.mp4';
  readBack.mockImplementation(() => {
    throw new Error('of another site');
  });
  present();
  await expect(frames.next()).rejects.toThrow('of another site');
  expect(closed).toHaveBeenCalledOnce();
});

it('gives people new ids after a long gap between camera frames', async () => {
  const person = fakePerson({ cx: 2, cy: 2, side: 4 }, 'none');
  const { video, element, present } = videoOf(false);
  Object.assign(video, { srcObject: {}, readyState: 0 });
  const client = clientOf(async () => ({ ...RESULT, people: [person] }));
  const frames = follow(client, () => false, element, { atOnce: true });
  const idAt = async (time: number) => {
    const next = frames.next();
    await new Promise((resolve) => setTimeout(resolve));
    video.readyState = 2; // only now is a frame available
    present(time);
    return (await next).value?.people[0]?.id;
  };
  expect([await idAt(1000), await idAt(1100), await idAt(60_000)]).toEqual([1, 1, 2]);
  await frames.return();
});

it.each([
  ['a camera', { srcObject: {} }],
  ['a video file', {}],
  ['a video file at double speed', { playbackRate: 2 }],
])('keeps ids in %s while the consumer takes long for each frame', async (_, kind) => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const { video, element, present } = videoOf(false);
  Object.assign(video, { readyState: 0 }, kind);
  const client = clientOf(async () => ({ ...RESULT, people: [fakePerson({ cx: 2, cy: 2, side: 4 }, 'none')] }));
  const frames = follow(client, () => false, element, { atOnce: true });
  const idAt = async (time: number) => {
    clock.mockReturnValue(time); // the consumer asks for the next frame only now
    const next = frames.next();
    await new Promise((resolve) => setTimeout(resolve));
    video.readyState = 2;
    present(time, (video.playbackRate * time) / 1000);
    return (await next).value?.people[0]?.id;
  };
  expect([await idAt(1000), await idAt(7000), await idAt(13_000)]).toEqual([1, 1, 1]);
  await frames.return();
  clock.mockRestore();
});

it('gives people new ids where a video file has played on unseen', async () => {
  const { element, present } = videoOf(false);
  const client = clientOf(async () => ({ ...RESULT, people: [fakePerson({ cx: 2, cy: 2, side: 4 }, 'none')] }));
  const frames = follow(client, () => false, element, { atOnce: true });
  const idAt = async (time: number, mediaTime: number) => {
    const next = frames.next();
    present(time, mediaTime);
    return (await next).value?.people[0]?.id;
  };
  expect([await idAt(1000, 3), await idAt(1033, 3.03), await idAt(1066, 63)]).toEqual([1, 1, 2]);
  await frames.return();
});

it('gives people new ids when the element gets another source', async () => {
  const { video, element, present } = videoOf(false);
  const client = clientOf(async () => ({ ...RESULT, people: [fakePerson({ cx: 2, cy: 2, side: 4 }, 'none')] }));
  const frames = follow(client, () => false, element, { atOnce: true });
  const idAt = async (time: number) => {
    const next = frames.next();
    present(time);
    return (await next).value?.people[0]?.id;
  };
  const before = [await idAt(1000), await idAt(1033)];
  video.currentSrc = 'b.mp4';
  expect([...before, await idAt(1066)]).toEqual([1, 1, 2]);
  await frames.return();
});

it('processes the frame on which a video is paused once more, and no frame while it seeks', async () => {
  const { video, element, present } = videoOf(false);
  const estimate = vi.fn(async () => RESULT);
  const frames = follow(clientOf(estimate), () => false, element);
  await frames.next();
  present();
  await frames.next();
  const next = frames.next();
  Object.assign(video, { paused: true, seeking: true });
  video.dispatchEvent(new Event('pause'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(estimate).toHaveBeenCalledTimes(2);
  Object.assign(video, { seeking: false });
  video.dispatchEvent(new Event('pause'));
  await next;
  expect(estimate).toHaveBeenCalledTimes(3);
  await frames.return();
});

it("retries a paused video's frame that the browser cannot grab", async () => {
  const { element } = videoOf(true);
  const frames = follow(
    clientOf(async () => RESULT),
    () => false,
    element,
  );
  const grab = globalThis.createImageBitmap;
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('gone', 'InvalidStateError')));
  const next = frames.next();
  await new Promise((resolve) => setTimeout(resolve));
  vi.stubGlobal('createImageBitmap', grab);
  expect((await next).value).toMatchObject({ people: [] });
  await frames.return();
});

it('continues when the browser cannot grab a frame', async () => {
  const { element, present } = videoOf(false);
  const frames = follow(
    clientOf(async () => RESULT),
    () => false,
    element,
  );
  await frames.next();
  const grab = globalThis.createImageBitmap;
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('gone', 'InvalidStateError')));
  const next = frames.next();
  present();
  await new Promise((resolve) => setTimeout(resolve));
  vi.stubGlobal('createImageBitmap', grab);
  present();
  expect((await next).value).toMatchObject({ people: [] });
  await frames.return();
});
