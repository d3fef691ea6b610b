import { expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { JOINTS, type JointName } from './skeleton';
import type { Roi } from './space';
import { expectedRoi, follow, isConfident, type Track } from './track';

const IMAGE = { width: 640, height: 480 };

/** Heights of the joints of a person 200 pixels tall, as shares of half of that; the head at the top, the ankles at the bottom. */
const HEIGHT: Partial<Record<JointName, number>> = {
  nose: -0.9,
  left_shoulder: -0.6,
  right_shoulder: -0.6,
  left_hip: 0,
  right_hip: 0,
};

function person(cx: number, cy: number, score = 0.8, half = 100): Pose {
  return JOINTS.map((name, joint) => {
    const y = HEIGHT[name] ?? (name.includes('ankle') ? 1 : name === 'head_top' ? -1 : -0.5);
    const x = joint % 2 === 0 ? -0.4 : 0.4;
    return keypoint(cx + x * half, cy + y * half, score);
  });
}

/** The same person with only the face visible. */
const face = (cx: number, cy: number): Pose =>
  person(cx, cy).map((joint, i) => (i < 5 ? keypoint(cx + 10 * (i - 2), cy - 90 - 4 * i, 0.9) : { ...joint, score: 0.05 }));

const around = (cx: number, cy: number, side = 280): Roi => ({ cx, cy, side });

function walk(count: number, step: number): Track | undefined {
  let track: Track | undefined;
  for (let i = 0; i < count; i += 1) {
    const time = i * 33;
    const crop = track ? expectedRoi(track, time, IMAGE) : around(200, 240);
    track = follow(track, person(200 + i * step, 240), crop, time, IMAGE);
  }
  return track;
}

it('crops around the joints, with a margin', () => {
  const track = follow(undefined, person(300, 240), around(260, 200, 200), 0, IMAGE);
  expect(track?.roi).toMatchObject({ cx: 300, cy: 240 });
  expect(track?.roi.side).toBeCloseTo(280);
});

it('keeps the same crop for a person who stays still', () => {
  const first = follow(undefined, person(300, 240), around(300, 240), 0, IMAGE);
  expect(first).toBeDefined();
  if (!first) return;
  const second = follow(first, person(302, 239), first.roi, 33, IMAGE);
  expect(second?.roi).toBe(first.roi);
  expect(second && expectedRoi(second, 66, IMAGE)).toBe(first.roi);
});

it('moves the crop ahead of a moving person, but only so far and for a limited time', () => {
  const track = walk(10, 10);
  expect(track).toBeDefined();
  if (!track) return;
  const soon = expectedRoi(track, track.time + 66, IMAGE);
  expect(soon.cx).toBeGreaterThan(track.roi.cx + 15);
  expect(soon.cx).toBeLessThan(track.roi.cx + 21);
  const fast = walk(10, 20);
  const far = fast && expectedRoi(fast, fast.time + 400, IMAGE);
  expect(far?.cx).toBeCloseTo((fast?.roi.cx ?? 0) + 0.25 * (fast?.roi.side ?? 0));
  expect(expectedRoi(track, track.time + 5000, IMAGE)).toBe(track.roi); // too late to know where the person went
  expect(expectedRoi(track, track.time - 50, IMAGE)).toBe(track.roi);
});

it('grows the crop at once and shrinks it slowly', () => {
  const side = (half: number) => follow(undefined, person(320, 240, 0.8, half), around(320, 240), 0, IMAGE)?.roi.side;
  expect(side(150)).toBeCloseTo(420);
  expect(side(50)).toBeCloseTo(280 - 0.25 * 140);
});

it('does not shrink the crop to a face, but moves it along', () => {
  const still = follow(undefined, face(300, 240), around(300, 240), 0, IMAGE);
  expect(still?.roi).toEqual(around(300, 240));
  const moved = follow(still, face(500, 240), around(300, 240), 33, IMAGE);
  expect(moved?.roi).toMatchObject({ cy: 240, side: 280 });
  expect(moved?.roi.cx).toBeGreaterThan(350);
});

it('drops the person if confidence falls or all joints are on one spot', () => {
  const crop = around(200, 240);
  const track = walk(3, 0);
  expect(follow(track, person(200, 240, 0.25), crop, 99, IMAGE)).toBeUndefined();
  expect(isConfident(person(0, 0, 0.9).slice(0, 4))).toBe(false);
  expect(follow(track, person(200, 240, 0.9, 2), crop, 99, IMAGE)).toBeUndefined(); // all joints on one spot
});

it('shrinks the crop and measures the velocity by the time that has passed, at any frame rate', () => {
  const end = (frameMs: number) => {
    let track: Track | undefined;
    for (let time = 0; time <= 1000; time += frameMs) {
      const crop = track ? expectedRoi(track, time, IMAGE) : around(200, 240);
      track = follow(track, person(200 + 0.1 * time, 240, 0.8, time === 0 ? 100 : 60), crop, time, IMAGE);
    }
    return track;
  };
  const [smooth, slow] = [end(33), end(250)];
  expect(slow?.roi.side).toBeLessThan(1.1 * (smooth?.roi.side ?? 0));
  expect(slow?.vx).toBeCloseTo(0.1, 2);
});

it('keeps its velocity if the same frame comes again', () => {
  const before = walk(3, 10);
  const again = follow(before, person(220, 240), around(220, 240), before?.time ?? 0, IMAGE);
  expect(before?.vx).toBeGreaterThan(0.1);
  expect(again).toMatchObject({ vx: before?.vx, vy: before?.vy });
});
