import { serialize } from 'node:v8';
import { expect, it } from 'vitest';
import { keypoint } from '../pose/pose';
import type { Roi } from '../pose/space';
import { fakePerson } from '../testing/fake-client';
import { Follower } from './follower';
import type { PersonResult } from './protocol';

const IMAGE = { width: 640, height: 480 };
const LEFT: Roi = { cx: 180, cy: 240, side: 300 };
const RIGHT: Roi = { cx: 460, cy: 240, side: 300 };

/** The person in a crop, with the same score for all joints. */
function person(roi: Roi, score = 0.9): PersonResult {
  const found = fakePerson(roi, 'none');
  return { ...found, pose: found.pose.map((joint) => ({ ...joint, score })) };
}

/** One frame: its crops, and who is shown. */
function frame(follower: Follower, time: number, found: readonly PersonResult[], smoothing = 0) {
  const regions = follower.regions(time, IMAGE);
  return { ...regions, shown: follower.take(found, time, IMAGE, { smoothing }) };
}

it('detects until somebody is shown, then follows the crop and detects only occasionally', () => {
  const follower = new Follower();
  expect(frame(follower, 0, [person(LEFT)])).toEqual({ rois: [], detect: true, shown: [] }); // one frame is not enough
  expect(frame(follower, 33, [person(LEFT)])).toMatchObject({ rois: [expect.anything()], detect: true, shown: [{ id: 1 }] });
  const detects = Array.from({ length: 35 }, (_, i) => frame(follower, 66 + i * 33, [person(LEFT)]).detect);
  expect(detects.filter(Boolean)).toHaveLength(2); // twice a second
});

it('shows a person at once in a standalone frame', () => {
  const shown = new Follower().take([person(LEFT)], 0, IMAGE, { smoothing: 0, alone: true });
  expect(shown).toMatchObject([{ id: 1, roi: LEFT }]);
});

it('shows everybody under their own id, whatever the order of the results', () => {
  const follower = new Follower();
  frame(follower, 0, [person(LEFT), person(RIGHT)]);
  const ids = [33, 66, 99].map((time, i) => {
    const found = [person(LEFT), person(RIGHT)];
    return frame(follower, time, i % 2 === 0 ? found : found.reverse()).shown.map(({ id, roi }) => [id, roi.cx]);
  });
  expect(ids).toEqual(Array(3).fill([[1, LEFT.cx], [2, RIGHT.cx]])); // biome-ignore format: pairs
});

it('shows a person found in two crops once', () => {
  const follower = new Follower();
  const aside = { ...LEFT, cx: LEFT.cx + 4 };
  frame(follower, 0, [person(LEFT)]);
  expect(frame(follower, 33, [person(LEFT, 0.7), person(aside, 0.8)]).shown).toMatchObject([{ id: 1, roi: aside }]);
});

it('detects more often while somebody is doubtful', () => {
  const follower = new Follower();
  frame(follower, 0, [person(LEFT, 0.5)]);
  frame(follower, 33, [person(LEFT, 0.5)]);
  const detects = Array.from({ length: 30 }, (_, i) => frame(follower, 66 + i * 33, [person(LEFT, 0.5)]).detect);
  expect(detects.filter(Boolean)).toHaveLength(3);
});

it('detects again if the frame in which it would have detected was lost', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT)]);
  expect(follower.regions(600, IMAGE).detect).toBe(true); // cancelled, or the GPU was lost
  expect(frame(follower, 633, [person(LEFT)]).detect).toBe(true);
  expect(frame(follower, 666, [person(LEFT)]).detect).toBe(false);
});

it('does not give a lost person’s id to anybody else, and recognises them on return', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT), person(RIGHT)]);
  const without = frame(follower, 66, [person(RIGHT)]);
  expect(without.shown.map(({ id }) => id)).toEqual([2]);
  const looks = [99, 132, 165, 198, 231, 264].map((time) => frame(follower, time, [person(RIGHT)]).detect);
  expect(looks).toEqual([false, false, false, true, false, false]); // the detector looks for them, but not in each frame
  expect(frame(follower, 297, [person(RIGHT), person(LEFT)]).shown.map(({ id }) => id)).toEqual([1, 2]);
});

it('starts over with a frame from another scene, and never reuses an id', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT)]);
  follower.restart(66, false);
  expect(frame(follower, 66, [person(LEFT)])).toEqual({ rois: [], detect: true, shown: [] });
  expect(frame(follower, 99, [person(LEFT)]).shown.map(({ id }) => id)).toEqual([2]);
});

it('tells which frame continues the one before, and keeps the ids of people only nearby', () => {
  const camera = (time: number) => ({ time, position: undefined });
  const file = (time: number, position: number, source = 'a') => ({ time, position, source });
  const cases = [
    [camera(99), false, true, 1], // the next frame
    [camera(3000), true, false, 1], // a pause
    [camera(9000), false, false, 2], // a gap
    [file(9000, 0.1), false, true, 1], // played slowly
    [file(9000, 0.9), true, false, 1], // a step
    [file(99, 2), true, false, 2], // a seek
    [file(99, 60), false, false, 2], // played on unseen
    [file(99, 0.1, 'b'), false, false, 2], // another video
  ] as const;
  for (const [next, fresh, continues, id] of cases) {
    const follower = new Follower();
    const start = next.position === undefined ? camera : (time: number) => file(time, 0);
    for (const time of [0, 33]) {
      expect(follower.begin(start(time), false)).toBe(time > 0);
      frame(follower, time, [person(LEFT)]);
    }
    expect(follower.begin(next, fresh)).toBe(continues);
    follower.regions(next.time, IMAGE);
    const shown = follower.take([person(LEFT)], next.time, IMAGE, { smoothing: 0, alone: true });
    expect([next, ...shown.map((one) => one.id)]).toEqual([next, id]);
  }
});

it.each([
  ['camera', undefined],
  ['file', 1],
])('shows people on a device that takes longer for each frame than the longest gap (%s)', (_, rate) => {
  const follower = new Follower();
  const shown = [0, 6000, 12_000].map((time) => {
    follower.begin({ time, position: rate && (rate * time) / 1000 }, false);
    follower.regions(time, IMAGE);
    return follower.take([person(LEFT)], time, IMAGE, { smoothing: 0, took: 5990 }).map(({ id }) => id);
  });
  expect(shown).toEqual([[], [1], [1]]);
});

it('compares a frame with the last one that was taken, not with one that was lost', () => {
  const follower = new Follower();
  for (const time of [0, 33]) {
    follower.begin({ time, position: undefined }, false);
    frame(follower, time, [person(LEFT)]);
  }
  expect(follower.begin({ time: 3000, position: undefined }, false)).toBe(true); // and its pixels cannot be read
  expect(follower.begin({ time: 6000, position: undefined }, false)).toBe(false);
});

it('knows people again at another resolution, as when a video call changes it', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT), person(RIGHT)]);
  const half = { width: IMAGE.width / 2, height: IMAGE.height / 2 };
  const smaller = (one: PersonResult): PersonResult => {
    const pose = one.pose.map(({ x, y, score }) => keypoint(x / 2, y / 2, score));
    const { cx, cy, side } = one.roi;
    return { ...one, pose, roi: { cx: cx / 2, cy: cy / 2, side: side / 2 } };
  };
  const { rois } = follower.regions(66, half);
  expect(rois).toMatchObject([LEFT, RIGHT].map(({ cx }) => ({ cx: expect.closeTo(cx / 2, -2) })));
  const shown = follower.take([person(RIGHT), person(LEFT)].map(smaller), 66, half, { smoothing: 0.5 });
  expect(shown.map(({ id }) => id)).toEqual([1, 2]);
});

it('starts over when the shape of the frames changes, as when a phone is turned', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT)]);
  const turned = { width: IMAGE.height, height: IMAGE.width };
  expect(follower.regions(66, turned)).toEqual({ rois: [], detect: true });
  const shown = [66, 99].map((time) => {
    follower.regions(time, turned);
    return follower.take([person(LEFT)], time, turned, { smoothing: 0 }).map(({ id }) => id);
  });
  expect(shown).toEqual([[], [2]]);
});

it('starts over when the clock goes back, as after a seek that nobody announced', () => {
  const follower = new Follower();
  for (const time of [60_000, 60_033]) frame(follower, time, [person(LEFT)]);
  expect(frame(follower, 500, [person(RIGHT)])).toEqual({ rois: [], detect: true, shown: [] });
  expect(frame(follower, 533, [person(RIGHT)]).shown.map(({ id }) => id)).toEqual([2]);
});

it('follows people, and detects others, while the clock steps back a little', () => {
  const follower = new Follower();
  for (const time of [1000, 1033]) frame(follower, time, [person(LEFT)]);
  frame(follower, 1066, []);
  expect(frame(follower, 200, [person(RIGHT)])).toMatchObject({ detect: true, shown: [] }); // nobody's place is there
  expect(frame(follower, 233, [person(RIGHT), person(LEFT)]).shown.map(({ id }) => id)).toEqual([1, 2]);
});

it('recognises people in a nearby standalone frame, however late, without smoothing their joints', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT), person(RIGHT)], 0.9);
  follower.restart(20_000, true);
  const { detect, rois } = follower.regions(20_000, IMAGE);
  expect([detect, rois.length]).toEqual([true, 2]);
  const moved = person({ ...LEFT, cx: LEFT.cx + 8 });
  const shown = follower.take([person(RIGHT), moved], 20_000, IMAGE, { smoothing: 0.9, alone: true });
  expect(shown.map(({ id }) => id)).toEqual([1, 2]);
  expect(shown[0]?.pose).toEqual(moved.pose);
});

it('hides people who left between two standalone frames, and recognises them on return', () => {
  const follower = new Follower();
  const step = (time: number, people: readonly PersonResult[]) => {
    follower.restart(time, true);
    return follower.take(people, time, IMAGE, { smoothing: 0, alone: true }).map(({ id }) => id);
  };
  expect(step(0, [person(LEFT), person(RIGHT)])).toEqual([1, 2]);
  for (const time of [5000, 10_000]) expect(step(time, [person(RIGHT)])).toEqual([2]);
  expect(step(15_000, [person(RIGHT), person(LEFT)])).toEqual([1, 2]);
});

it('between standalone frames, forgets people who left by video time, not by elapsed time', () => {
  const follower = new Follower();
  const step = (time: number, passed: number, people: readonly PersonResult[]) => {
    follower.restart(time, true, passed);
    const { rois } = follower.regions(time, IMAGE);
    const ids = follower.take(people, time, IMAGE, { smoothing: 0, alone: true }).map(({ id }) => id);
    return { crops: rois.length, ids };
  };
  step(0, 0, [person(LEFT), person(RIGHT)]);
  const steps = Array.from({ length: 9 }, (_, i) => step(5000 * (i + 1), 100, [person(RIGHT)]));
  expect(steps.map(({ crops }) => crops)).toEqual([2, 2, 1, 1, 1, 1, 1, 1, 1]);
  expect(step(50_000, 100, [person(RIGHT), person(LEFT)]).ids).toEqual([1, 2]);
  for (let i = 0; i < 12; i += 1) step(55_000 + i, 100, [person(RIGHT)]);
  expect(step(60_000, 100, [person(RIGHT), person(LEFT)]).ids).toEqual([2, 3]);
});

it('prefers the person found in the last frame to a remembered person who is nearer', () => {
  const follower = new Follower();
  const step = (time: number, cx: number) => {
    follower.restart(time, true);
    return follower.take([person({ ...LEFT, cx })], time, IMAGE, { smoothing: 0, alone: true }).map(({ id }) => id);
  };
  const [there, back] = [LEFT.cx + 0.5 * LEFT.side, LEFT.cx + 0.23 * LEFT.side];
  expect([step(0, LEFT.cx), step(1, there), step(2, back)]).toEqual([[1], [2], [2]]);
});

it('shows nobody if confidence is low', () => {
  const follower = new Follower();
  for (const time of [0, 33]) frame(follower, time, [person(LEFT)]);
  expect(frame(follower, 66, [person(LEFT, 0.1)]).shown).toEqual([]);
});

it('smooths each person separately', () => {
  const follower = new Follower();
  const moved = { ...RIGHT, cx: RIGHT.cx + 10 };
  for (const time of [0, 33]) frame(follower, time, [person(LEFT), person(RIGHT)], 0.8);
  const [left, right] = frame(follower, 66, [person(LEFT), person(moved)], 0.8).shown;
  expect(left?.pose[0]?.x).toBeCloseTo(person(LEFT).pose[0]?.x ?? 0);
  const nose = right?.pose[0]?.x ?? 0;
  expect(nose).toBeGreaterThan(person(RIGHT).pose[0]?.x ?? 0);
  expect(nose).toBeLessThan(person(moved).pose[0]?.x ?? 0);
});

it('keeps no state of people who have left, over 2,000 frames in which people come and go', () => {
  const follower = new Follower();
  const sizes: number[] = [];
  const crops: number[] = [];
  let ids = 0;
  for (let i = 0; i < 2000; i += 1) {
    const phase = i % 200; // one comes, another joins, one leaves, then nobody is there for longer than people are remembered
    const found = [...(phase < 40 ? [person(LEFT)] : []), ...(phase >= 10 && phase < 60 ? [person(RIGHT)] : [])];
    const { rois, shown } = frame(follower, 33 * i, found, 0.5);
    crops.push(rois.length);
    ids = Math.max(ids, ...shown.map(({ id }) => id));
    if (phase === 199) sizes.push(serialize(follower).byteLength);
  }
  expect(ids).toBe(20); // two in each of the ten cycles
  expect(Math.max(...crops)).toBe(2);
  expect(crops.at(-1)).toBe(0);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(16); // only the digits of a number differ
});
