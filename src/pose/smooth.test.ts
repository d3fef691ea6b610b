import { expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { type SmoothState, smoothingOf, smoothPose } from './smooth';

const SIDE = 400;
const FRAME_MS = 1000 / 30;
const DEFAULT = smoothingOf(0.7) ?? { minCutoff: 1, beta: 10 };

/** Normal noise of mean 0 and standard deviation 1, the same in every run. */
function noise(): () => number {
  let seed = 1;
  const uniform = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Smooths one joint's path, one position per frame. */
function run(positions: readonly number[], options = DEFAULT, score = 0.9): number[] {
  let state: SmoothState | undefined;
  return positions.map((x, i) => {
    const smoothed = smoothPose(state, [keypoint(x, 50, score)], SIDE, i * FRAME_MS, options);
    state = smoothed.state;
    return smoothed.pose[0]?.x ?? Number.NaN;
  });
}

/** Root mean square of the movement from frame to frame. */
function jitter(positions: readonly number[]): number {
  const steps = positions.slice(1).map((x, i) => x - (positions[i] ?? x));
  return Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length);
}

it('removes more than four fifths of the jitter of a still, noisy joint', () => {
  const random = noise();
  const raw = Array.from({ length: 300 }, () => 200 + 0.005 * SIDE * random());
  const ratio = jitter(run(raw).slice(30)) / jitter(raw.slice(30));
  expect(ratio).toBeLessThan(0.2);
  expect(ratio).toBeGreaterThan(0);
});

it.each([
  [1, 12],
  [0.25, 50],
])('lags behind a joint that moves %d crop sides per second, but by less than %d ms', (sides, limit) => {
  const speed = (sides * SIDE) / 1000; // image pixels a millisecond
  const raw = Array.from({ length: 60 }, (_, i) => i * FRAME_MS * speed);
  const lag = ((raw.at(-1) ?? 0) - (run(raw).at(-1) ?? 0)) / speed;
  expect(lag).toBeGreaterThan(0);
  expect(lag).toBeLessThan(limit);
});

it('smooths more the higher the slider is, and not at all at 0', () => {
  const random = noise();
  const raw = Array.from({ length: 200 }, () => 2 * random());
  const [little, much] = [0.1, 1].map((amount) => jitter(run(raw, smoothingOf(amount))));
  expect(much).toBeLessThan(0.5 * (little ?? 0));
  expect(smoothingOf(0)).toBeUndefined();
});

it('resets after a jump, a pause or a frame without the joint', () => {
  expect(run([100, 100, 300]).at(-1)).toBe(300);
  const first = smoothPose(undefined, [keypoint(100, 50, 0.9)], SIDE, 0, DEFAULT);
  const late = smoothPose(first.state, [keypoint(120, 50, 0.9)], SIDE, 600, DEFAULT);
  expect(late.pose[0]?.x).toBe(120);
  const unsure: Pose = [keypoint(110, 50, 0.05)];
  const blind = smoothPose(first.state, unsure, SIDE, 33, DEFAULT);
  expect(blind.pose).toEqual(unsure);
  const again = smoothPose(blind.state, [keypoint(120, 50, 0.9)], SIDE, 66, DEFAULT);
  expect(again.pose[0]?.x).toBe(120);
});

it('keeps scores, and joints where they are if the same frame comes again', () => {
  const first = smoothPose(undefined, [keypoint(100, 50, 0.9)], SIDE, 10, DEFAULT);
  const same = smoothPose(first.state, [keypoint(104, 50, 0.4)], SIDE, 10, DEFAULT);
  expect(same.pose[0]).toMatchObject({ x: 100, score: 0.4 });
});
