/** A page with nothing but the engine, for tests that drive it from outside. */
import { createEstimator } from '../../src/engine/client';
import { Follower } from '../../src/engine/follower';
import type { EstimatorClient, EstimatorOptions, MapDetail, Regions, Status } from '../../src/engine/protocol';
import { Cutter } from '../../src/engine/worker/cut';
import type { Pose } from '../../src/pose/pose';
import { type Size, wholeFrameRoi } from '../../src/pose/roi';
import type { Roi } from '../../src/pose/space';
import { cropOnDevice, detectOnDevice, runOnDevice, soakOnDevice } from './device';
import { type Group, measureRates } from './rate';

const LONG = 600_000; // ms

export interface Request {
  /** Address, or RGB bytes of a square image. */
  readonly source: string | readonly number[];
  readonly regions: Regions;
  readonly maps: MapDetail;
  /** Width of the frame divided by that of its bitmap. */
  readonly reduced?: number;
  /** Abort after this many ms. */
  readonly patience?: number;
  readonly keep?: boolean;
  readonly flipTest?: boolean;
}

/** A photo that moves in front of a camera with a fixed frame rate, however long a pass takes. */
export interface Motion {
  readonly source: string;
  readonly size: Size;
  /** Where the photo's top left corner is in each frame, and how much the photo is enlarged. */
  readonly shots: readonly { readonly left: number; readonly top: number; readonly scale: number }[];
  readonly framesPerSecond: number;
  /** Standard deviation of the noise on each channel of each pixel, of 255. */
  readonly noise: number;
}

/** What the live loop finds in one frame, before smoothing; undefined: nobody. */
export type Found = { readonly roi: Roi; readonly pose: Pose } | undefined;

/** Adds noise of mean 0; `random` gives 0..1. */
function addNoise({ data }: ImageData, deviation: number, random: () => number): void {
  for (let i = 0; i < data.length; i += 1) {
    if (i % 4 === 3) continue;
    // the sum of three uniform numbers is close enough to normal; its standard deviation is a half
    data[i] = (data[i] ?? 0) + 2 * deviation * (random() + random() + random() - 1.5);
  }
}

async function bitmapOf(source: Request['source']): Promise<ImageBitmap> {
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
  detectOnDevice,
  runOnDevice,
  soakOnDevice,

  async start(backend: EstimatorOptions['backend']) {
    client = await createEstimator(AbortSignal.timeout(LONG), {
      backend,
      model: { contract: new URL('models/cascade/contract.json', document.baseURI).href },
      detector: { contract: new URL('models/detector/contract.json', document.baseURI).href },
      onStatus: (status) => own.statuses.push(status),
      onUncapturedError: (message) => own.uncaptured.push(message),
    });
  },

  /** The client's answer, or its rejection. */
  async estimate({ source, regions, maps, reduced = 1, patience = LONG, keep = false, flipTest = false }: Request) {
    const bitmap = await bitmapOf(source);
    const frame = { bitmap, width: bitmap.width * reduced, height: bitmap.height * reduced, time: 0 };
    if (!client) throw new Error('not started');
    return client.estimate(AbortSignal.timeout(patience), { frame, regions, maps, flipTest, transfer: !keep });
  },

  /** Follows the person as the Live screen does, without smoothing. */
  async follow({ source, size, shots, framesPerSecond, noise }: Motion): Promise<Found[]> {
    if (!client) throw new Error('not started');
    const photograph = await bitmapOf(source);
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    context.imageSmoothingQuality = 'high';
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    const follower = new Follower();
    const found: Found[] = [];
    for (const [i, { left, top, scale }] of shots.entries()) {
      context.fillStyle = '#777';
      context.fillRect(0, 0, size.width, size.height);
      context.drawImage(photograph, left, top, photograph.width * scale, photograph.height * scale);
      if (noise > 0) {
        const pixels = context.getImageData(0, 0, size.width, size.height);
        addNoise(pixels, noise, random);
        context.putImageData(pixels, 0, 0);
      }
      const time = (i * 1000) / framesPerSecond;
      const frame = { bitmap: await createImageBitmap(canvas), ...size, time };
      const regions = follower.regions(time, size);
      const request = { frame, regions, maps: 'none', flipTest: false, transfer: true } as const;
      const { people } = await client.estimate(AbortSignal.timeout(LONG), request);
      const [person] = follower.take(people, time, size, { smoothing: 0, alone: i === 0 });
      found.push(person && { roi: person.roi, pose: person.pose });
    }
    return found;
  },

  async rates(group: Group) {
    if (!client) throw new Error('not started');
    return measureRates(client, group);
  },

  /** afterWhole: the whole image is cut first, to half the size, as the detector does. */
  async cut(source: Request['source'], roi: Roi, size: number, mirrored = false, afterWhole = false) {
    const bitmap = await bitmapOf(source);
    if (afterWhole) new Cutter(size / 2).cut(bitmap, [wholeFrameRoi(bitmap)], false);
    const sheet = new Cutter(size).cut(bitmap, [roi], mirrored);
    const pixels = sheet.getContext('2d')?.getImageData(0, 0, size, size).data ?? [];
    bitmap.close();
    return Array.from(pixels).filter((_, i) => i % 4 !== 3);
  },

  /** Crops as the network on WebGPU cuts them. */
  async cropOnDevice(source: Request['source'], rois: readonly Roi[], size: number, mirrored: boolean) {
    const bitmap = await bitmapOf(source);
    const crops = await cropOnDevice(bitmap, rois, size, mirrored);
    bitmap.close();
    return crops;
  },

  dispose: () => client?.dispose(),
};

declare global {
  var harness: Harness;
}

export type Harness = typeof own;
Object.assign(globalThis, { harness: own });
