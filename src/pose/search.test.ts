import { expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { type Sighting, search, searchOn, searchRois } from './search';
import { MIRROR } from './skeleton';
import type { Roi } from './space';

const image = { width: 640, height: 480 };

/** A person of 19 joints in a box of height 200 at (x, 200); rather unlike their mirror image. */
const person = (x: number, score: number): Pose =>
  Array.from({ length: 19 }, (_, i) => keypoint(x + ((i * 37) % 100) - 50, 100 + (i * 200) / 18, score));
const sighting = (pose: Pose): Sighting => ({ pose, presence: pose });
const nobody = sighting(person(0, 0));

/** Looks that see whoever has their middle in the square; joints shake a little with the square's place. */
const world = (...people: Pose[]) => {
  const looks: (readonly Roi[])[] = [];
  const look = async (rois: readonly Roi[]) => {
    looks.push(rois);
    return rois.map(({ cx, cy, side }) => {
      const inside = people.filter(
        (pose) => Math.max(Math.abs((pose[9]?.x ?? 0) - cx), Math.abs((pose[9]?.y ?? 0) - cy)) < side / 2,
      );
      const nearest = inside.sort((a, b) => Math.abs((a[9]?.x ?? 0) - cx) - Math.abs((b[9]?.x ?? 0) - cx))[0];
      return nearest ? sighting(nearest.map((joint) => keypoint(joint.x + cx / 100, joint.y, joint.score))) : nobody;
    });
  };
  return { look, looks };
};
const scores = (found: readonly Sighting[]) => found.map(({ pose }) => pose[0]?.score);

it('looks at the whole, along an oblong picture, and at nine overlapping parts that reach its border', () => {
  const rois = searchRois(image);
  expect(rois).toHaveLength(1 + 3 + 9);
  const parts = rois.slice(4);
  expect(Math.min(...parts.map(({ cx, side }) => cx - side / 2))).toBe(0);
  expect(Math.max(...parts.map(({ cy, side }) => cy + side / 2))).toBe(480);
  expect(searchRois({ width: 1000, height: 100 }).slice(4)).toMatchObject([{ cy: 50 }, { cy: 50 }, { cy: 50 }]);
});

it('finds several people, the surest first, each once, in two looks', async () => {
  const { look, looks } = world(person(120, 0.5), person(520, 0.9));
  expect(scores(await search(look, image))).toEqual([0.9, 0.5]);
  expect(looks).toHaveLength(2);
});

it('takes an unsure person only where there is nobody else', async () => {
  expect(scores(await search(world(person(120, 0.21)).look, image))).toEqual([0.21]);
  expect(scores(await search(world(person(120, 0.21), person(520, 0.9)).look, image))).toEqual([0.9]);
});

it('finds nobody where hardly a joint is likely', async () => {
  const wall = person(300, 0.15).map((joint, i) => (i < 3 ? { ...joint, score: 0.6 } : joint));
  expect(await search(world(wall).look, image)).toEqual([]);
});

it('counts two looks as one person, be it with left and right exchanged', async () => {
  const here = person(300, 0.8);
  const turned = MIRROR.flatMap((other) => here[other] ?? []);
  let n = 0;
  const look = async (rois: readonly Roi[], last: boolean) =>
    rois.map(({ cx }) => {
      // First looks: two squares that hardly overlap. Second looks: the same body in both, once exchanged.
      if (!last) return sighting(person(cx < 320 ? 100 : 540, 0.5));
      n += 1;
      return sighting(n % 2 ? here : turned);
    });
  expect(await search(look, image)).toHaveLength(1);
  expect(n).toBe(2);
});

it('finds nobody where no joints are there', async () => {
  const { look, looks } = world();
  expect(await search(look, image)).toEqual([]);
  expect(looks).toHaveLength(1);
});

it('looks where the joints are that a look at two people has of the second one', async () => {
  const [sure, other] = [person(150, 0.9), person(290, 0.6)];
  const mixed = other.map((joint, i) => (i < 12 ? (sure[i] ?? joint) : joint)); // asks for the square of the sure one
  const looks: (readonly Roi[])[] = [];
  const look = async (rois: readonly Roi[], last: boolean) => {
    looks.push(rois);
    return rois.map(({ cx }) => sighting(last ? (cx < 220 ? sure : other) : cx < 320 ? sure : mixed));
  };
  const found = await search(look, image);
  expect(found.map(({ pose }) => pose)).toEqual([sure, other]);
  expect(looks.map((rois) => rois.length)).toEqual([13, 2]);
  const [first, second] = looks[1] ?? [];
  expect(second?.side).toBeGreaterThanOrEqual(first?.side ?? Number.POSITIVE_INFINITY); // though it is of a few joints
});

it('looks once more at a person who has joints of somebody surer', async () => {
  const [sure, other] = [person(150, 0.9), person(450, 0.6)];
  const mixed = other.map((joint, i) => (i < 5 ? (sure[i] ?? joint) : joint));
  const looks: (readonly Roi[])[] = [];
  const look = async (rois: readonly Roi[]) => {
    looks.push(rois);
    return rois.map(({ cx }) => sighting(cx < 250 ? sure : looks.length < 3 ? mixed : other));
  };
  const found = await search(look, image);
  expect(found.map(({ pose }) => pose)).toEqual([sure, other]);
  expect(looks).toHaveLength(3);
  expect(looks[2]).toHaveLength(1);
});

it('goes on to look where nobody is yet, for who shared every square with somebody surer', async () => {
  const [sure, shy] = [person(150, 0.9), person(450, 0.6)];
  const looks: (readonly Roi[])[] = [];
  // Only a square that is about as large as a person shows the shy one.
  const look = async (rois: readonly Roi[]) => {
    looks.push(rois);
    return rois.map(({ cx, cy, side }) =>
      side < 360 && looks.length > 1 && Math.hypot(cx - 450, cy - 200) < 0.5 * side ? sighting(shy) : sighting(sure),
    );
  };
  expect(await search(look, image)).toHaveLength(1);
  looks.length = 0;
  expect((await searchOn(look, image)).map(({ pose }) => pose)).toEqual([sure, shy]);
  expect(looks).toHaveLength(4); // the last at the box round the shy one
});

it('goes nowhere once nobody was found, and invents nobody where it goes on', async () => {
  const none = world();
  expect(await searchOn(none.look, image)).toEqual([]);
  expect(none.looks).toHaveLength(1);
  const one = world(person(120, 0.9), person(520, 0.21));
  expect(scores(await searchOn(one.look, image))).toEqual([0.9]);
});
