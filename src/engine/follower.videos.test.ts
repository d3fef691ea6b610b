/** The follower on videos with known ground truth, at the frame rates of a software GPU, of WebAssembly and of a GPU. */
import { describe, expect, it } from 'vitest';
import { followed } from '../pose/followed';
import type { Pose } from '../pose/pose';
import { type Actor, ANYBODY, random, synthesize } from '../testing/synthetic-video';
import { Follower } from './follower';

const IMAGE = { width: 1280, height: 720 };
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const RATES = [4, 10, 30];
/** Joints that score at least this much are drawn. */
const SHOWN = 0.2;
/** A pose that fits two people equally well is ambiguous: it must fit one better by this share of their height. */
const CLEAR = 0.06;
/** A joint this far from its true position, in body heights, is wrong. */
const FAR = 0.15;

const RED = [0.6, 0.2, 0.2] as const;
const BLUE = [0.2, 0.2, 0.5] as const;

interface Outcome {
  /** For each actor and frame, the id that is shown on them; undefined: none. */
  readonly ids: readonly (readonly (number | undefined)[])[];
  /** The most consecutive frames in which somebody had joints on somebody else. */
  readonly mixed: number;
}

function distance(a: Pose, b: Pose, joint: number): number {
  const [one, other] = [a[joint], b[joint]];
  return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : Number.POSITIVE_INFINITY;
}

/** Median distance of the joints that are shown, pixels. */
function error(pose: Pose, truth: Pose | undefined): number {
  const shown = pose.flatMap(({ score }, joint) => (truth && score >= SHOWN ? distance(pose, truth, joint) : []));
  return shown.sort((a, b) => a - b)[Math.floor(shown.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Follows a video as the Live screen does. rate: frames per second; until: milliseconds. */
async function play(cast: readonly Actor[], rate: number, until: number, seed: number): Promise<Outcome> {
  const video = synthesize(cast, IMAGE, seed);
  const follower = new Follower();
  const ids: (number | undefined)[][] = cast.map(() => []);
  const mixing = new Map<number, number>(); // id -> frames in a row
  let mixed = 0;
  for (let time = 0; time <= until; time += 1000 / rate) {
    const { truth, detect, pass } = video(time);
    const regions = follower.regions(time, IMAGE);
    const { people } = await followed(regions, regions.detect ? detect() : [], ANYBODY, async (crops) => pass(crops));
    const results = people.map((person) => ({ ...person, score: 1, refined: person.pose, coarse: person.pose }));
    for (const list of ids) list.push(undefined);
    for (const { id, pose } of follower.take(results, time, IMAGE, { smoothing: 0 })) {
      const errors = truth.map((other) => error(pose, other));
      const [least = 0, next = 0] = [...errors].sort((a, b) => a - b);
      const whose = errors.indexOf(least);
      const [own, actor] = [truth[whose], cast[whose]];
      if (!own || !actor || next - least < CLEAR * actor.height) continue;
      ids[whose]?.splice(-1, 1, id);
      const isStray = (joint: number) =>
        distance(pose, own, joint) > FAR * actor.height &&
        truth.some((other) => other && other !== own && distance(pose, other, joint) < (FAR / 3) * actor.height);
      const strays = pose.some(({ score }, joint) => score >= SHOWN && isStray(joint));
      mixing.set(id, strays ? (mixing.get(id) ?? 0) + 1 : 0);
      mixed = Math.max(mixed, mixing.get(id) ?? 0);
    }
  }
  return { ids, mixed };
}

const distinct = (ids: readonly (number | undefined)[]) => [...new Set(ids.flatMap((id) => id ?? []))];

/** Each actor has one id through the whole video, still has it at the end, and it is nobody else's. */
function isKept({ ids }: Outcome): boolean {
  const all = ids.map(distinct);
  const present = ids.every((list) => list.slice(-3).some((id) => id !== undefined));
  return present && all.every(({ length }) => length === 1) && new Set(all.flat()).size === ids.length;
}

interface Plot {
  readonly cast: readonly Actor[];
  /** Milliseconds. */
  readonly until: number;
}

/** A random number between two numbers. */
const between = ({ uniform }: ReturnType<typeof random>, low: number, high: number) => low + (high - low) * uniform();
/** Puts the first or the second in front, depending on the seed. */
const inTurn = (seed: number, cast: readonly Actor[]) => (seed % 2 ? cast : [...cast].reverse());

/** Two people cross, one in front of the other, strolling or running. */
function crossing(seed: number): Plot {
  const chance = random(1000 + seed);
  const [right, left] = [between(chance, 40, 350), between(chance, 40, 350)];
  const cast: Actor[] = [
    { at: (time) => [250 + (right * time) / 1000, 360], height: 400, torso: RED },
    { at: (time) => [1000 - (left * time) / 1000, 370], height: 420, torso: BLUE },
  ];
  return { cast: inTurn(seed, cast), until: 900_000 / (left + right) + 700 };
}

/** Two people meet, one in front of the other, stay there for a while, and go back to where they came from. */
function turning(seed: number): Plot {
  const chance = random(2000 + seed);
  const [speed, stay] = [between(chance, 150, 300), between(chance, 300, 900)];
  const meeting = 300_000 / speed;
  const way = (time: number) => (speed * Math.min(time, meeting, Math.max(0, 2 * meeting + stay - time))) / 1000;
  const cast: Actor[] = [
    { at: (time) => [330 + way(time), 360], height: 400, torso: RED },
    { at: (time) => [950 - way(time), 370], height: 420, torso: BLUE },
  ];
  return { cast: inTurn(seed, cast), until: 2 * meeting + stay };
}

/** A walking or standing person is out of sight for half a second, while somebody else stands nearby. */
function occlusion(seed: number): Plot {
  const chance = random(3000 + seed);
  const [speed, from] = [between(chance, -80, 180), between(chance, 800, 1200)];
  const cast: Actor[] = [
    {
      at: (time) => (time > from && time < from + 500 ? undefined : [350 + (speed * time) / 1000, 360]),
      height: 380,
      torso: RED,
    },
    { at: () => [1050, 360], height: 400, torso: BLUE },
  ];
  return { cast, until: 2600 };
}

/** Somebody walks out of the image and comes back, while somebody else walks about. */
function leaving(seed: number): Plot {
  const chance = random(4000 + seed);
  const [speed, turn] = [between(chance, 250, 400), between(chance, 1200, 1500)];
  const cast: Actor[] = [
    { at: (time) => [1360 - (speed * Math.abs(turn - time)) / 1000, 360], height: 380, torso: RED },
    { at: (time) => [400 + 150 * Math.sin(time / 800), 360], height: 400, torso: BLUE },
  ];
  return { cast, until: 2 * turn };
}

const undressed = (cast: readonly Actor[]): Actor[] => cast.map(({ at, height }) => ({ at, height }));

describe.each(RATES)('at %i frames per second', (rate) => {
  it.each([
    ['crossing', crossing],
    ['occlusion', occlusion],
    ['leave and return', leaving],
  ] as const)('keeps ids whatever people wear: %s', async (_, plot) => {
    for (const seed of SEEDS) {
      const { cast, until } = plot(seed);
      const outcome = await play(seed % 4 < 2 ? cast : undressed(cast), rate, until, seed);
      expect(isKept(outcome), `seed ${seed}: ${JSON.stringify(outcome.ids.map(distinct))}`).toBe(true);
      expect(outcome.mixed, `seed ${seed}`).toBeLessThanOrEqual(2);
    }
  });

  it('keeps ids when people turn back behind one another, if their clothes differ', async () => {
    for (const seed of SEEDS) {
      const { cast, until } = turning(seed);
      const outcome = await play(cast, rate, until, seed);
      expect(isKept(outcome), `seed ${seed}: ${JSON.stringify(outcome.ids.map(distinct))}`).toBe(true);
    }
  });
});

it('swaps some people who turn back behind one another, at a low frame rate and without colours', async () => {
  const outcomes = SEEDS.map((seed) => ({ seed, ...turning(seed) })).map(({ seed, cast, until }) =>
    play(undressed(cast), 4, until, seed),
  );
  expect((await Promise.all(outcomes)).filter(isKept).length).toBeLessThan(SEEDS.length);
});

it('gives a new id, and nobody else’s, to somebody who comes back late', async () => {
  for (const seed of SEEDS) {
    const cast: Actor[] = [
      { at: (time) => (time > 1000 && time < 3500 ? undefined : [400, 360]), height: 400, torso: RED },
      { at: (time) => [1000 - 40 * Math.sin(time / 500), 360], height: 400, torso: BLUE },
    ];
    const [back = [], other = []] = (await play(cast, 10, 5000, seed)).ids.map(distinct);
    expect([back.length, other.length], `seed ${seed}`).toEqual([2, 1]);
    expect(back).not.toContain(other[0]);
  }
});
