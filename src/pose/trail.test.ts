import { expect, it } from 'vitest';
import { extendTrail, TRAIL_MS, type TrailPoint } from './trail';

it('keeps recent points in order, up to a maximum number', () => {
  let trail: readonly TrailPoint[] = [];
  for (let time = 0; time <= 2 * TRAIL_MS; time += 100) trail = extendTrail(trail, { time, pose: [] });
  expect(trail.map(({ time }) => time)).toEqual(Array.from({ length: 15 }, (_, i) => TRAIL_MS + 100 * (i + 1)));
  for (let i = 0; i < 500; i += 1) trail = extendTrail(trail, { time: 5000 + i, pose: [] });
  expect(trail).toHaveLength(60);
  expect(trail.at(-1)?.time).toBe(5499);
});
