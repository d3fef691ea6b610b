import { expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { expectedRoi, follow, isConfident, type Track } from './track';

const IMAGE = { width: 640, height: 480 };

/** Nine joints on a square of 200 pixels round a point. */
function square(cx: number, cy: number, score = 0.8, half = 100): Pose {
  return [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => keypoint(cx + x * half, cy + y * half, score)));
}

function walk(count: number, step: number): Track | undefined {
  let track: Track | undefined;
  for (let i = 0; i < count; i += 1) track = follow(track, square(200 + i * step, 240), i * 33, IMAGE);
  return track;
}

it('crops round the joints, with room', () => {
  const track = follow(undefined, square(300, 240), 0, IMAGE);
  expect(track?.roi).toMatchObject({ cx: 300, cy: 240 });
  expect(track?.roi.side).toBeCloseTo(280);
});

it('keeps the very same crop for a person who is still', () => {
  const first = follow(undefined, square(300, 240), 0, IMAGE);
  const second = follow(first, square(302, 239), 33, IMAGE);
  expect(second?.roi).toBe(first?.roi);
  expect(second && expectedRoi(second, 66, IMAGE)).toBe(first?.roi);
});

it('looks ahead of a person who moves, but not for ever', () => {
  const track = walk(10, 10);
  expect(track).toBeDefined();
  if (!track) return;
  const soon = expectedRoi(track, track.time + 66, IMAGE);
  expect(soon.cx).toBeGreaterThan(track.roi.cx + 15);
  expect(soon.cx).toBeLessThan(track.roi.cx + 21);
  expect(expectedRoi(track, track.time + 5000, IMAGE).cx).toBeCloseTo(track.roi.cx + 0.25 * track.roi.side);
  expect(expectedRoi(track, track.time - 50, IMAGE)).toBe(track.roi);
});

it('grows at once and shrinks slowly', () => {
  const first = follow(undefined, square(320, 240), 0, IMAGE);
  expect(follow(first, square(320, 240, 0.8, 150), 33, IMAGE)?.roi.side).toBeCloseTo(420);
  const smaller = follow(first, square(320, 240, 0.8, 50), 33, IMAGE)?.roi.side;
  expect(smaller).toBeLessThan(280);
  expect(smaller).toBeGreaterThan(200);
});

it('gives the person up when confidence falls', () => {
  const track = walk(3, 0);
  expect(follow(track, square(200, 240, 0.25), 99, IMAGE)).toBeUndefined();
  expect(isConfident(square(0, 0, 0.9).slice(0, 4))).toBe(false);
  expect(follow(track, square(200, 240, 0.9, 2), 99, IMAGE)).toBeUndefined(); // all joints on one spot
});
