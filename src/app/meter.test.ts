import { expect, it } from 'vitest';
import { Meter } from './meter';

const timings = (total: number) => ({ crop: 1, upload: 2, network: total - 3, total });

it('counts looks a second over the last seconds only', () => {
  const meter = new Meter();
  for (let at = 0; at <= 10_000; at += 50) meter.look(at, timings(at < 7000 ? 99 : 40));
  const stats = meter.read(10_000);
  expect(stats.framesPerSecond).toBeCloseTo(20);
  expect(stats.timings).toEqual({ crop: 1, upload: 2, network: 37, total: 40 });
});

it('gives median and 95th percentile from capture to drawing, each frame once', () => {
  const meter = new Meter();
  for (let i = 1; i <= 100; i += 1) {
    meter.draw(i * 20 + i, i * 20);
    meter.draw(i * 20 + 500, i * 20);
  }
  expect(meter.read(2200).latency).toEqual({ median: 51, p95: 96 });
});

it('says nothing of what it does not know', () => {
  const meter = new Meter();
  meter.frame();
  meter.drop();
  expect(meter.read(5)).toMatchObject({ framesPerSecond: 0, latency: undefined, dropped: 1, frames: 1 });
});
