import { expect, it } from 'vitest';
import { HISTORY, Meter, STATS_MS } from './meter';

const timings = (total: number) => ({ crop: 1, network: total - 1, total });

it('computes the frame rate and timings over the last few seconds only', () => {
  const meter = new Meter();
  for (let at = 0; at <= 10_000; at += 50) meter.pass(at, timings(at < 7000 ? 99 : 40));
  const stats = meter.read(10_000);
  expect(stats.framesPerSecond).toBeCloseTo(20);
  expect(stats.timings).toEqual({ crop: 1, network: 39, total: 40 });
});

it('gives the median and 95th percentile of the latency from capture to drawing, counting each frame once', () => {
  const meter = new Meter();
  for (let i = 1; i <= 100; i += 1) {
    meter.draw(i * 20 + i, i * 20);
    meter.draw(i * 20 + 500, i * 20);
  }
  expect(meter.read(2200).latency).toEqual({ median: 51, p95: 96 });
});

it('keeps a history of the last half minute', () => {
  const meter = new Meter();
  expect(meter.read(0).history).toEqual([{ framesPerSecond: undefined, latency: undefined }]);
  for (let at = 100; at <= 40_000; at += 100) {
    meter.pass(at, timings(40));
    meter.draw(at + 30, at);
    if (at % STATS_MS === 0) meter.read(at + 30);
  }
  const { history } = meter.read(40_100);
  expect(history).toHaveLength(HISTORY);
  expect(history.every(({ framesPerSecond = 0, latency }) => Math.abs(framesPerSecond - 10) < 0.5 && latency === 30)).toBe(true);
});

it('leaves what it has not measured undefined', () => {
  const meter = new Meter();
  meter.frame();
  meter.drop();
  expect(meter.read(5)).toMatchObject({ framesPerSecond: undefined, latency: undefined, dropped: 1, frames: 1 });
});

it('gives no frame rate for a single pass', () => {
  const meter = new Meter();
  meter.pass(100, timings(40));
  expect(meter.read(100).framesPerSecond).toBeUndefined();
  meter.pass(200, timings(40));
  expect(meter.read(200).framesPerSecond).toBeCloseTo(10);
});
