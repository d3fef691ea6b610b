/**
 * npm run figures -- live-rate: how fast one, two and four people are followed on each backend, when a frame is always waiting. WebGPU runs
 * on the CPU here.
 */
import { expect, test } from '../engine/test';

/** Right edges of the four dancers of the sample photo, pixels. */
const EDGES = [312, 664, 957, 1260];
const ROUNDS = 5;
/** Frames per count and round; a software GPU takes a second for some of them. */
const FRAMES = { wasm: 30, webgpu: 8 } as const;

test.setTimeout(1_800_000);

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

for (const [backend, frames] of Object.entries(FRAMES) as ['wasm' | 'webgpu', number][]) {
  test(`${backend}: one, two and four people`, async ({ engine }, { project }) => {
    test.skip(project.name !== `engine-${backend}`);
    await engine.evaluate((name) => harness.start(name), backend);
    const group = { source: 'samples/dancers.jpg', edges: EDGES, counts: [1, 2, 4], rounds: ROUNDS, frames };
    const rates = await engine.evaluate((given) => harness.rates(given), group);
    await engine.evaluate(() => harness.dispose());
    const alone = rates[0]?.times ?? [];
    for (const { people, times, followed } of rates) {
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
      const ofOne = alone.reduce((sum, time) => sum + time, 0) / alone.length / mean;
      console.log(
        `${backend}: ${people} people, ${times.length} frames: ${(1000 / mean).toFixed(1)} a second, ${ofOne.toFixed(2)} of one person's rate (medians ${(median(alone) / median(times)).toFixed(2)}); followed ${followed.join(' to ')}`,
      );
      expect(followed).toEqual([people, people]);
    }
  });
}
