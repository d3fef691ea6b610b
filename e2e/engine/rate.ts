/** How fast people are followed when a frame is always waiting, so that no camera limits the rate. */
import { Follower } from '../../src/engine/follower';
import type { EstimatorClient } from '../../src/engine/protocol';

export interface Group {
  /** Address of a photo of people side by side. */
  readonly source: string;
  /** Right edge of each person, pixels of the photo. */
  readonly edges: readonly number[];
  /** How many people, from the left, are shown, in turn. */
  readonly counts: readonly number[];
  readonly rounds: number;
  /** Frames per count and round. */
  readonly frames: number;
}

export interface Rate {
  readonly people: number;
  /** Milliseconds from bitmap to joints, for each measured frame. */
  readonly times: readonly number[];
  /** The fewest and the most people followed in those frames. */
  readonly followed: readonly [number, number];
}

/** Frames at the start of a round in which people are still being found. */
const SETTLING = 4;
/** How far the photo sways to either side, pixels. */
const SWAY = 8;

/** Follows the first people of a photo as the Live screen does; the counts take turns, so that a slow minute affects them all. */
export async function measureRates(client: EstimatorClient, { source, edges, counts, rounds, frames }: Group): Promise<Rate[]> {
  const photo = await createImageBitmap(await (await fetch(source)).blob());
  const { width, height } = photo;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const rates = counts.map((people) => ({
    people,
    times: [] as number[],
    followed: [Number.POSITIVE_INFINITY, 0] as [number, number],
  }));

  for (let round = 0; round < rounds; round += 1) {
    for (const { people, times, followed } of rates) {
      const follower = new Follower();
      const right = edges[people - 1] ?? width;
      for (let i = 0; i < SETTLING + frames; i += 1) {
        context.fillStyle = '#ccd';
        context.fillRect(0, 0, width, height);
        context.drawImage(photo, 0, 0, right, height, SWAY * Math.sin(i / 3), 0, right, height);
        const bitmap = await createImageBitmap(canvas);
        const start = performance.now();
        const request = {
          frame: { bitmap, width, height, time: start },
          regions: follower.regions(start, photo),
        };
        const options = { maps: 'none', flipTest: false, transfer: true } as const;
        const found = await client.estimate(AbortSignal.timeout(600_000), { ...request, ...options });
        const shown = follower.take(found.people, start, photo, { smoothing: 0.7 }).length;
        if (i < SETTLING) continue;
        times.push(performance.now() - start);
        followed[0] = Math.min(followed[0], shown);
        followed[1] = Math.max(followed[1], shown);
      }
    }
  }
  photo.close();
  return rates;
}
