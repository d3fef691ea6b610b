import { expect, it } from 'vitest';
import { imagePoint } from '../../pose/space';
import { fakePerson } from '../../testing/fake-client';
import { jointAt, judgeClick, lacksMaps, mapsOf, type Person, personAt, regionFor, withMaps, withPerson } from './people';

const image = { width: 1000, height: 600 };
const at = (cx: number, side = 200) => fakePerson({ cx, cy: 300, side }, 'none');
const found: Person = { id: 1, origin: { kind: 'found' }, result: at(300) };
const clicked = (id: number, cx: number): Person => ({ id, origin: { kind: 'point', at: imagePoint(cx, 300) }, result: at(cx) });
const boxed = (id: number, cx: number): Person => ({
  id,
  origin: { kind: 'box', box: { x: cx - 80, y: 220, width: 160, height: 160 } },
  result: at(cx),
});

it('uses a drawn box exactly, without refinement', () => {
  const region = regionFor({ kind: 'box', box: { x: 100, y: 100, width: 80, height: 200 } }, [found], image);
  expect(region).toEqual({ roi: { cx: 140, cy: 200, side: 212.5 }, refine: false });
});

it('uses a crop around a click, as large as that of the nearest known person, and refines it', () => {
  const click = { kind: 'point', at: imagePoint(700, 300) } as const;
  expect(regionFor(click, [], image)).toEqual({ roi: { cx: 700, cy: 300, side: 500 }, refine: true });
  expect(regionFor(click, [found], image).roi.side).toBe(200);
});

it('replaces what the app found where the user points, and keeps the others', () => {
  expect(withPerson([found], boxed(2, 330)).map(({ id }) => id)).toEqual([2]);
  expect(withPerson([found], clicked(2, 310)).map(({ id }) => id)).toEqual([2]);
  expect(withPerson([found], boxed(2, 800)).map(({ id }) => id)).toEqual([1, 2]);
});

it('keeps several boxes, and replaces a click with another on the same person', () => {
  expect(withPerson([boxed(2, 200)], boxed(3, 210)).map(({ id }) => id)).toEqual([2, 3]);
  expect(withPerson([clicked(2, 200), clicked(3, 600)], clicked(4, 205)).map(({ id }) => id)).toEqual([3, 4]);
});

it('adds maps without moving joints', () => {
  const fresh = fakePerson({ cx: 0, cy: 0, side: 50 }, 'all');
  const [person] = withMaps([found], new Map([[1, fresh]]));
  expect(person?.result.pose).toBe(found.result.pose);
  expect(person && mapsOf(person.result)).toBe('all');
  expect(lacksMaps('coarse', 'all')).toBe(true);
  expect(lacksMaps('all', 'coarse')).toBe(false);
});

it('finds the nearest drawn joint within reach', () => {
  const nose = found.result.pose[0];
  expect(nose && jointAt([found], imagePoint(nose.x + 1, nose.y), 5, 0.2)).toMatchObject({ person: 1, joint: 0 });
  expect(jointAt([found], imagePoint(0, 0), 5, 0.2)).toBeUndefined();
});

it('finds the person clicked on the body, but not beside it', () => {
  const { pose } = found.result;
  const [shoulder, hip] = [pose[5], pose[11]];
  if (!shoulder || !hip) throw new Error('no torso');
  const middle = imagePoint((shoulder.x + hip.x) / 2 - 5, (shoulder.y + hip.y) / 2);
  expect(personAt([clicked(2, 800), found], middle, 0.2)?.id).toBe(1);
  expect(personAt([found], imagePoint(700, 300), 0.2)).toBeUndefined();
});

it('accepts the result of a click if it is somebody new, or known and detected no worse', () => {
  const unsure = (person: Person, from: number): Person => ({
    ...person,
    result: { ...person.result, pose: person.result.pose.map((joint, i) => (i < from ? joint : { ...joint, score: 0.1 })) },
  });
  expect(judgeClick([found], clicked(2, 800))).toBe('better');
  expect(judgeClick([found], clicked(2, 310))).toBe('better');
  expect(judgeClick([found], unsure(clicked(2, 305), 15))).toBe(found);
  expect(judgeClick([], unsure(clicked(2, 800), 3))).toBe('nobody');
  expect(judgeClick([found], unsure(clicked(2, 302), 6))).toBe('nobody'); // a few joints of somebody else
});
