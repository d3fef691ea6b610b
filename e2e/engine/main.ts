/** A page with nothing but the engine, for tests that drive it from outside. */
import { createEstimator } from '../../src/engine/client';
import type { EstimatorClient, EstimatorOptions, MapDetail, Region, Status } from '../../src/engine/protocol';
import { runOnDevice } from './device';

const statuses: Status[] = [];
const uncaptured: string[] = [];
let client: EstimatorClient | undefined;

export interface Picture {
  /** Address, or RGB bytes of a square. */
  readonly source: string | readonly number[];
  readonly regions: readonly Region[] | 'find';
  readonly maps: MapDetail;
}

async function bitmapOf(source: Picture['source']): Promise<ImageBitmap> {
  if (typeof source === 'string') return createImageBitmap(await (await fetch(source)).blob());
  const side = Math.sqrt(source.length / 3);
  const pixels = new Uint8ClampedArray(side * side * 4).map((_, i) =>
    i % 4 === 3 ? 255 : (source[Math.floor(i / 4) * 3 + (i % 4)] ?? 0),
  );
  return createImageBitmap(new ImageData(pixels, side, side));
}

const harness = {
  statuses,
  uncaptured,
  runOnDevice,
  async start(backend: EstimatorOptions['backend'], modelUrl = new URL('models/cascade/', document.baseURI).href) {
    client = await createEstimator(AbortSignal.timeout(300_000), {
      backend,
      modelUrl,
      onStatus: (status) => statuses.push(status),
      onUncapturedError: (message) => uncaptured.push(message),
    });
  },
  async estimate({ source, regions, maps }: Picture, signal = AbortSignal.timeout(300_000)) {
    const bitmap = await bitmapOf(source);
    const frame = { bitmap, width: bitmap.width, height: bitmap.height, time: 0, mirrored: false };
    if (!client) throw new Error('not started');
    return client.estimate(signal, { frame, regions, maps, transfer: true });
  },
  dispose: () => client?.dispose(),
};

export type Harness = typeof harness;
Object.assign(globalThis, { harness });
