import { expect, it } from 'vitest';
import { IDLE } from '../../../app/photo/gesture';
import type { Person } from '../../../app/photo/people';
import { createPhotoStore } from '../../../app/photo/state';
import { fakePerson } from '../../../testing/fake-client';
import { sceneOf } from './scene';

const view = { scale: 1, left: 0, top: 0, width: 1000, mirrored: false };
const person = (id: number): Person => ({
  id,
  origin: { kind: 'found' },
  result: fakePerson({ cx: 100 * id, cy: 300, side: 200 }, 'none'),
});

/** The numbers drawn above people with these ids. */
function numbersOf(...ids: number[]) {
  const state = { ...createPhotoStore().getState(), people: ids.map(person) };
  return sceneOf(state, 0.3, IDLE, view).people.map(({ number }) => number);
}

it('numbers several people as the list does, and leaves somebody alone without a number', () => {
  expect(numbersOf(4, 7, 5)).toEqual([1, 2, 3]);
  expect(numbersOf(4)).toEqual([undefined]);
});
