import { expect, it } from 'vitest';
import type { Roi } from '../pose/space';
import { fakePerson } from '../testing/fake-client';
import { Follower } from './follower';
import type { PersonResult } from './protocol';

const IMAGE = { width: 640, height: 480 };
const LEFT: Roi = { cx: 200, cy: 240, side: 300 };
const RIGHT: Roi = { cx: 440, cy: 240, side: 300 };

/** The figure in a crop, all its joints of one score. */
function person(roi: Roi, score: number): PersonResult {
  const found = fakePerson(roi, 'none');
  return { ...found, pose: found.pose.map((joint) => ({ ...joint, score })) };
}

/** One frame: what was looked at, and where the nose is shown. */
function frame(follower: Follower, time: number, found: PersonResult | undefined) {
  const regions = follower.regions(time, IMAGE);
  return { regions, shown: follower.take(found, time, IMAGE, 0) };
}

it('searches the whole frame once a second while it is in doubt, and takes what is surer', () => {
  const follower = new Follower();
  expect(frame(follower, 0, person(LEFT, 0.5)).regions).toBe('find');
  expect(frame(follower, 500, person(LEFT, 0.5)).regions).not.toBe('find');
  const search = frame(follower, 1000, person(RIGHT, 0.9));
  expect(search.regions).toBe('find');
  expect(search.shown).toMatchObject({ time: 1000, roi: RIGHT });
  expect(frame(follower, 3000, person(RIGHT, 0.9)).regions).not.toBe('find'); // sure now
});

it('stays with the person when the search finds nobody surer', () => {
  const follower = new Follower();
  const before = frame(follower, 0, person(LEFT, 0.5)).shown;
  for (const [time, found] of [
    [1000, person(RIGHT, 0.4)],
    [2000, undefined],
  ] as const) {
    const search = frame(follower, time, found);
    expect(search.regions).toBe('find');
    expect(search.shown).toEqual({ ...before, time });
  }
  const next = frame(follower, 2033, person(LEFT, 0.5));
  expect(next.regions).toMatchObject([{ roi: { cx: expect.closeTo(200, -2) } }]);
});

it('gives up a person who is gone', () => {
  const follower = new Follower();
  frame(follower, 0, person(LEFT, 0.9));
  expect(frame(follower, 33, person(LEFT, 0.1)).regions).not.toBe('find');
  expect(frame(follower, 66, undefined)).toEqual({ regions: 'find', shown: undefined });
});
