import { describe, expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { JOINTS } from './skeleton';
import type { Colour } from './torso';
import { EMPTY_SCENE, expectedRois, isAnybodyLost, observe, peopleInView, type Scene } from './tracker';

const IMAGE = { width: 1280, height: 720 };
const FRAME_MS = 33;
const RED: Colour = [0.7, 0.2, 0.2];
const BLUE: Colour = [0.2, 0.2, 0.7];

/** Somebody who walks: the position of their centre at a time in milliseconds; undefined while they are out of sight. */
interface Walker {
  readonly at: (time: number) => readonly [x: number, y: number] | undefined;
  readonly height: number;
  readonly colour?: Colour;
}

/** Reproducible random numbers in -1..1 from a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1;
  };
}

function poseAt(x: number, y: number, height: number, time: number, noise: () => number): Pose {
  const swing = 0.08 * height * Math.sin(time / 150);
  return JOINTS.map((name, joint) => {
    const across = (joint % 2 === 0 ? 0.12 : -0.12) * height + (/wrist|ankle/.test(name) ? swing : 0);
    const down = name === 'head_top' ? -0.5 : name === 'neck' ? -0.35 : joint / 16 - 0.45; // shares of the height, from the middle
    return keypoint(x + across + noise() * 0.01 * height, y + down * height + noise() * 0.01 * height, 0.8);
  });
}

interface Run {
  readonly scenes: readonly Scene[];
  /** ids[walker][frame]: the id shown where the walker is; undefined: nobody is shown there. */
  readonly ids: readonly (readonly (number | undefined)[])[];
}

/** What a camera sees of the walkers. A walker behind an earlier one in the list (more than half hidden) is not found. */
function record(walkers: readonly Walker[], until: number, seed = 1): Run {
  const noise = random(seed);
  const scenes: Scene[] = [];
  const ids: (number | undefined)[][] = walkers.map(() => []);
  let scene = EMPTY_SCENE;
  for (let time = 0; time <= until; time += FRAME_MS) {
    const places = walkers.map(({ at }) => at(time));
    const found = walkers.flatMap(({ height, colour }, i) => {
      const place = places[i];
      const hidden = walkers.some((other, k) => {
        const theirs = places[k];
        return k < i && place && theirs && Math.abs(theirs[0] - place[0]) < 0.15 * other.height;
      });
      if (!place || hidden) return [];
      const [cx, cy] = place;
      const pose = poseAt(cx, cy, height, time, noise);
      return [{ i, seen: { pose, roi: { cx, cy, side: 1.25 * height }, torso: colour } }];
    });
    scene = observe(
      scene,
      found.map(({ seen }) => seen),
      time,
      IMAGE,
    );
    scenes.push(scene);
    const shown = peopleInView(scene);
    walkers.forEach((_, i) => {
      const mine = found.find((one) => one.i === i)?.seen;
      ids[i]?.push(mine && shown.find(({ track }) => track.pose[0]?.x === mine.pose[0]?.x)?.id);
    });
  }
  return { scenes, ids };
}

const distinct = (ids: readonly (number | undefined)[] = []) => [...new Set(ids.filter((id) => id !== undefined))];
const walk =
  (x: number, speed: number, y = 360) =>
  (time: number) =>
    [x + (speed * time) / 1000, y] as const;

describe('somebody alone', () => {
  it('is shown from the second frame on, under one id', () => {
    const { ids } = record([{ at: walk(200, 250), height: 400 }], 3000);
    expect(ids[0]?.[0]).toBeUndefined();
    expect(ids[0]?.slice(1).every((id) => id === 1)).toBe(true);
  });

  it('is shown at once in a standalone frame', () => {
    const pose = poseAt(300, 300, 300, 0, () => 0);
    const scene = observe(EMPTY_SCENE, [{ pose, roi: { cx: 300, cy: 300, side: 380 } }], 0, IMAGE, true);
    expect(peopleInView(scene)).toHaveLength(1);
  });

  it('is ignored if found in only one frame', () => {
    const { scenes } = record([{ at: (time) => (time === 330 ? [300, 300] : undefined), height: 300 }], 700);
    expect(scenes.flatMap(peopleInView)).toEqual([]);
    expect(scenes.at(-1)?.people).toEqual([]);
  });

  it('gets id 1 even after false detections that were never shown', () => {
    const blips = (time: number) => (time === 330 || time === 660 ? ([900, 300] as const) : undefined);
    const { ids } = record(
      [
        { at: blips, height: 300 },
        { at: (time) => (time > 1000 ? [300, 360] : undefined), height: 400 },
      ],
      2000,
    );
    expect(ids.map(distinct)).toEqual([[], [1]]);
  });

  it('keeps their id through half a second out of sight, whether standing, walking or running', () => {
    for (const speed of [0, 300, 650]) {
      const place = walk(100, speed);
      const { ids } = record([{ at: (time) => (time > 600 && time < 1100 ? undefined : place(time)), height: 400 }], 1700);
      expect(distinct(ids[0]), `at ${speed} px/s`).toEqual([1]);
      expect(ids[0]?.at(-1)).toBe(1);
    }
  });

  it('is forgotten after a second, and gets a new id on return', () => {
    const { ids, scenes } = record([{ at: (time) => (time > 1000 && time < 2400 ? undefined : [400, 360]), height: 400 }], 3000);
    expect(distinct(ids[0])).toEqual([1, 2]);
    expect(scenes.some(isAnybodyLost)).toBe(true);
    expect(scenes[Math.floor(2300 / FRAME_MS)]?.people).toEqual([]);
  });
});

describe('after a gap', () => {
  const seenAt = (x: number, time: number) => ({
    pose: poseAt(x, 360, 200, time, () => 0),
    roi: { cx: x, cy: 360, side: 250 },
  });

  it('gives a new id to somebody far from every known person, however long the gap', () => {
    const before = observe(EMPTY_SCENE, [seenAt(200, 0)], 0, IMAGE, true);
    const after = observe(before, [seenAt(1100, 60_000)], 60_000, IMAGE, true);
    expect(peopleInView(after).map(({ id }) => id)).toEqual([2]);
  });
});

describe('several people', () => {
  it('keep their ids when they cross, one hidden by the other, for every seed', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const pace = 150 + 15 * seed;
      const walkers = [
        { at: walk(200, pace), height: 420 },
        { at: walk(1000, -pace), height: 400 },
      ];
      const { ids } = record(walkers, (900 / pace) * 1000, seed);
      expect(
        ids.map((list) => distinct(list).length),
        `seed ${seed}`,
      ).toEqual([1, 1]);
      expect(
        ids.map((list) => list.at(-1)),
        `seed ${seed}`,
      ).toEqual([ids[0]?.[1], ids[1]?.[1]]);
    }
  });

  it('keep their ids when they meet, hide one another and turn back, if their clothes differ', () => {
    const turn = (time: number) => Math.min(time, Math.max(0, 4000 - time)); // there and back
    const walkers = [
      { at: (time: number) => walk(500, 60)(turn(time)), height: 400, colour: RED },
      { at: (time: number) => walk(740, -60)(turn(time)), height: 400, colour: BLUE },
    ];
    const { ids } = record(walkers, 4000);
    expect(ids.map((list) => distinct(list).length)).toEqual([1, 1]);
    expect(ids.map((list) => list.at(-1))).toEqual([ids[0]?.[1], ids[1]?.[1]]);
  });

  it('do not pass their id on to somebody in other clothes who appears where they vanished', () => {
    const { ids } = record(
      [
        { at: (time) => (time < 1000 ? [400, 360] : undefined), height: 400, colour: RED },
        { at: (time) => (time > 1300 ? [420, 360] : undefined), height: 400, colour: BLUE },
      ],
      2000,
    );
    expect(distinct(ids[1])).toEqual([2]);
  });

  it('keep their ids when a shorter one passes in front, whose clothes are seen in the place of the taller one’s', () => {
    const noise = random(1);
    let scene = EMPTY_SCENE;
    const ids = new Set<string>();
    for (let time = 0; time <= 4000; time += FRAME_MS) {
      const passing = 200 + 0.25 * time;
      const inFront = Math.abs(passing - 640) < 80;
      const seen = (x: number, y: number, height: number, torso: Colour) => ({
        pose: poseAt(x, y, height, time, noise),
        roi: { cx: x, cy: y, side: 1.37 * height },
        torso,
      });
      const [standing, walking] = [seen(640, 360, 400, inFront ? BLUE : RED), seen(passing, 400, 320, BLUE)];
      scene = observe(scene, [standing, walking], time, IMAGE);
      const idOf = ({ pose }: { pose: Pose }) => peopleInView(scene).find(({ track }) => track.pose === pose)?.id;
      if (time > 0) ids.add(`${idOf(standing)}, ${idOf(walking)}`);
    }
    expect([...ids]).toEqual(['1, 2']);
  });

  it('do not keep the id of somebody else who left there, once their clothes are seen', () => {
    const noise = random(1);
    let scene = EMPTY_SCENE;
    const shown: (number | undefined)[] = [];
    const step = (time: number, x: number, torso: Colour | undefined) => {
      const seen = { pose: poseAt(x, 360, 400, time, noise), roi: { cx: x, cy: 360, side: 500 }, torso };
      scene = observe(scene, [seen], time, IMAGE);
      shown.push(peopleInView(scene)[0]?.id);
    };
    for (let time = 0; time < 500; time += FRAME_MS) step(time, 1100 + 0.2 * time, RED);
    for (let time = 500; time < 1000; time += FRAME_MS) scene = observe(scene, [], time, IMAGE);
    for (let time = 1000; time < 2000; time += FRAME_MS) step(time, 1400 - 0.2 * time, time < 1200 ? undefined : BLUE);
    expect(shown.slice(1, 22)).toEqual(Array(21).fill(1)); // also while nothing tells them apart
    expect(shown.at(-1)).toBe(2);
  });

  it('enter and leave without changing the ids of the others', () => {
    const inside = (from: number, to: number, place: Walker['at']) => (time: number) =>
      time >= from && time <= to ? place(time) : undefined;
    const { ids } = record(
      [
        { at: walk(150, 0), height: 300 },
        { at: inside(500, 2000, walk(500, 50)), height: 300 },
        { at: inside(1000, 3000, walk(900, -30)), height: 300 },
        { at: walk(1150, 0), height: 300 },
      ],
      3000,
    );
    expect(ids.map((list) => distinct(list).length)).toEqual([1, 1, 1, 1]);
    expect(new Set(ids.flatMap(distinct)).size).toBe(4);
  });

  it('get new ids after a cut to somebody in other clothes and another pose in the same place', () => {
    const seen = (shift: number, torso: Colour) => {
      const pose = poseAt(400 + shift, 360, 400, 0, () => 0);
      return { pose, roi: { cx: 400, cy: 360, side: 500 }, torso };
    };
    const after = (torso: Colour, shift: number, time = FRAME_MS) => {
      const before = observe(EMPTY_SCENE, [seen(0, RED)], 0, IMAGE, true);
      return peopleInView(observe(before, [seen(shift, torso)], time, IMAGE, true)).map(({ id }) => id);
    };
    expect([after(RED, 90), after(BLUE, 90), after(BLUE, 0)]).toEqual([[1], [2], [1]]);
    // Ten minutes later nobody else was seen, but it may be somebody else in the same chair.
    expect([after(RED, 0, 600_000), after(BLUE, 0, 600_000)]).toEqual([[1], [2]]);
  });

  it('all get new ids after a cut to people in other places', () => {
    const before = (x: number) => (time: number) => (time < 1000 ? ([x, 300] as const) : undefined);
    const after = (x: number) => (time: number) => (time >= 1000 ? ([x, 420] as const) : undefined);
    const { ids } = record(
      [
        { at: before(200), height: 300 },
        { at: before(500), height: 300 },
        { at: after(800), height: 300 },
        { at: after(1100), height: 300 },
      ],
      2000,
    );
    expect(new Set(ids.flatMap(distinct)).size).toBe(4);
  });
});

it('predicts a crop for everybody found recently, ahead of people who move', () => {
  const { scenes } = record(
    [
      { at: walk(200, 400), height: 300 },
      { at: (time) => (time < 600 ? [900, 360] : undefined), height: 300 },
    ],
    1000,
  );
  const last = scenes.at(-1) ?? EMPTY_SCENE;
  const { rois } = expectedRois(last, last.time + 100, IMAGE);
  expect(rois).toHaveLength(1);
  expect(rois[0]?.cx).toBeGreaterThan((last.people[0]?.track.roi.cx ?? 0) + 30);
});
