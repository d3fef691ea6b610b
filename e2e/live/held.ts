/** Counts what a page and its engine hold, from outside: the app that ships has no code for it. */
import type { Page, Worker } from 'playwright/test';
import { LONG, type PhotoPage } from '../support/photo-page';
import { expect } from '../support/test';

/** What the engine held when it answered a frame. */
export interface Sample {
  readonly tensors: number;
  /** GPU buffers and textures created since watching began, minus those destroyed. */
  readonly buffers: number;
  /** Whether anything ran on the GPU since watching began. */
  readonly gpu: boolean;
  readonly bitmaps: number;
}

/** What the page holds after garbage collection. */
export interface Held {
  /** Camera tracks that have not ended. */
  readonly tracks: number;
  readonly bitmaps: number;
  readonly nodes: number;
  readonly listeners: number;
  /** The page's JavaScript heap, bytes. */
  readonly heap: number;
}

interface Watched {
  readonly tracks: Set<MediaStreamTrack>;
  readonly bitmaps: Set<ImageBitmap>;
}

interface WatchedEngine {
  /** How many frames the engine got since watching began. */
  asked: number;
  readonly samples: Sample[];
  readonly bitmaps: Set<ImageBitmap>;
  readonly _tfengine: { memory(): { numTensors: number } };
}

/** Records every bitmap and every camera track that the page is given. Call before the page is opened. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { tracks: new Set(), bitmaps: new Set() };
    Object.assign(window, watched);
    const makeBitmap = window.createImageBitmap.bind(window) as (...args: unknown[]) => Promise<ImageBitmap>;
    Object.assign(window, {
      createImageBitmap: async (...args: unknown[]) => {
        const bitmap = await makeBitmap(...args);
        watched.bitmaps.add(bitmap);
        return bitmap;
      },
    });
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      for (const track of stream.getTracks()) watched.tracks.add(track);
      return stream;
    };
  });
}

/** Takes a sample with each of the engine's answers, from now on. */
export async function watchEngine(page: Page): Promise<Worker> {
  const [worker] = page.workers();
  if (!worker) throw new Error('the engine has no worker');
  await worker.evaluate(() => {
    const watched = Object.assign(globalThis as unknown as WatchedEngine, { asked: 0, samples: [], bitmaps: new Set() });
    let [buffers, gpu] = [0, false];
    /** Calls `note` before each call of a method. */
    const spy = (prototype: object, name: string, note: () => void) => {
      const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
      const original = methods[name];
      methods[name] = function (...args) {
        note();
        return original?.apply(this, args);
      };
    };
    if ('GPUDevice' in globalThis) {
      for (const name of ['createBuffer', 'createTexture'])
        spy(GPUDevice.prototype, name, () => {
          buffers += 1;
        });
      for (const { prototype } of [GPUBuffer, GPUTexture])
        spy(prototype, 'destroy', () => {
          buffers -= 1;
        });
      spy(GPUQueue.prototype, 'submit', () => {
        gpu = true;
      });
    }
    self.addEventListener('message', ({ data }) => {
      if (data.type !== 'estimate') return;
      watched.asked += 1;
      watched.bitmaps.add(data.params.frame.bitmap);
    });
    const post = self.postMessage.bind(self) as (...args: unknown[]) => void;
    const answer = (message: { type: string }, ...rest: unknown[]) => {
      if (message.type === 'estimate') {
        for (const bitmap of watched.bitmaps) if (bitmap.width === 0) watched.bitmaps.delete(bitmap); // closed
        const { numTensors } = watched._tfengine.memory();
        watched.samples.push({ tensors: numTensors, buffers, gpu, bitmaps: watched.bitmaps.size });
      }
      post(message, ...rest);
    };
    Object.assign(self, { postMessage: answer });
  });
  return worker;
}

export function samples(worker: Worker): Promise<readonly Sample[]> {
  return worker.evaluate(() => (globalThis as unknown as WatchedEngine).samples);
}

/** How many frames the engine has got, and how many it has answered, since watching began. */
export function work(worker: Worker): Promise<{ readonly asked: number; readonly answered: number }> {
  return worker.evaluate(() => {
    const { asked, samples } = globalThis as unknown as WatchedEngine;
    return { asked, answered: samples.length };
  });
}

/** How many times the page is drawn while it sends no frame, before it counts as idle: time in which it would have sent one. */
const QUIET_DRAWS = 20;

/** Waits until the frame that a stopped video shows is processed and none is in flight, however long one takes. */
export async function expectIdle(page: Page, worker: Worker): Promise<void> {
  const isIdle = async () => {
    const before = await work(worker);
    const isStill = await page.evaluate(async (count) => {
      for (let i = 0; i < count; i += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      const video = document.querySelector('video');
      return video?.paused === true && !video.seeking;
    }, QUIET_DRAWS);
    const after = await work(worker);
    return isStill && before.asked === before.answered && after.asked === before.asked;
  };
  await expect.poll(isIdle, { timeout: LONG }).toBe(true);
}

export async function held({ page }: PhotoPage): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { tracks, bitmaps } = await page.evaluate(() => {
      const { tracks, bitmaps } = window as unknown as Watched;
      return {
        tracks: [...tracks].filter(({ readyState }) => readyState !== 'ended').length,
        bitmaps: [...bitmaps].filter(({ width }) => width > 0).length, // others are closed or transferred
      };
    });
    return { tracks, bitmaps, nodes, listeners: jsEventListeners, heap: usedSize };
  } finally {
    await session.detach();
  }
}
