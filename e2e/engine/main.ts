/** A page with nothing but the engine, for tests that drive it from outside. */
import { createEstimator } from '../../src/engine/client';
import type { EstimatorClient, EstimatorOptions, MapDetail, Regions, Status } from '../../src/engine/protocol';
import { Cutter } from '../../src/engine/worker/cut';
import type { Roi } from '../../src/pose/space';
import { runOnDevice } from './device';

const LONG = 600_000; // ms

export interface Picture {
  /** Address, or RGB bytes of a square. */
  readonly source: string | readonly number[];
  readonly regions: Regions;
  readonly maps: MapDetail;
  /** Width of the frame over that of its bitmap. */
  readonly reduced?: number;
  /** Give up after so many ms. */
  readonly patience?: number;
  readonly keep?: boolean;
}

async function bitmapOf(source: Picture['source']): Promise<ImageBitmap> {
  if (typeof source === 'string') return createImageBitmap(await (await fetch(source)).blob());
  const side = Math.sqrt(source.length / 3);
  const rgba = new Uint8ClampedArray(side * side * 4).map((_, i) =>
    i % 4 === 3 ? 255 : (source[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  );
  return createImageBitmap(new ImageData(rgba, side, side));
}

let client: EstimatorClient | undefined;

const own = {
  statuses: [] as Status[],
  uncaptured: [] as string[],
  runOnDevice,

  async start(backend: EstimatorOptions['backend']) {
    client = await createEstimator(AbortSignal.timeout(LONG), {
      backend,
      modelUrl: new URL('models/cascade/', document.baseURI).href,
      onStatus: (status) => own.statuses.push(status),
      onUncapturedError: (message) => own.uncaptured.push(message),
    });
  },

  /** The answer, or the name or code of the error. */
  async estimate({ source, regions, maps, reduced = 1, patience = LONG, keep = false }: Picture) {
    const bitmap = await bitmapOf(source);
    const frame = { bitmap, width: bitmap.width * reduced, height: bitmap.height * reduced, time: 0, mirrored: false };
    if (!client) throw new Error('not started');
    return client.estimate(AbortSignal.timeout(patience), { frame, regions, maps, transfer: !keep });
  },

  async cut(source: Picture['source'], roi: Roi, size: number) {
    const bitmap = await bitmapOf(source);
    const sheet = new Cutter(size, true).cut(bitmap, [roi]);
    const pixels = sheet.getContext('2d')?.getImageData(0, 0, size, size).data ?? [];
    bitmap.close();
    return Array.from(pixels).filter((_, i) => i % 4 !== 3);
  },

  dispose: () => client?.dispose(),
};

declare global {
  var harness: Harness;
}

export type Harness = typeof own;
Object.assign(globalThis, { harness: own });
