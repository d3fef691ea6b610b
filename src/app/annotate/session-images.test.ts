import { expect, it } from 'vitest';
import { type ImageRecord, newRecord } from './image-record';
import { changesBetween } from './session-images';

const record = (id: number): ImageRecord => newRecord(id, `${id}.jpg`, async () => new Blob(), {});
const [a, b, c, d] = [record(1), record(2), record(3), record(4)];
const b2 = { ...b, name: 'renamed.jpg' };

it.each([
  ['nothing', [a, b, c], [a, b, c], [], []],
  ['a record that was replaced', [a, b, c], [a, b2, c], [[b2, b]], []],
  ['a new record at the end', [a, b], [a, b, c], [[c, undefined]], []],
  ['a record that is gone', [a, b, c], [a, c], [], [2]],
  [
    'all at once',
    [a, b, c],
    [d, b2, c],
    [
      [d, undefined],
      [b2, b],
    ],
    [1],
  ],
  ['records in another order', [a, b, c], [c, b, a], [], []],
  ['from nothing', [], [a], [[a, undefined]], []],
])('tells %s', (_, before, after, changed, removed) => {
  const changes = changesBetween(before, after);
  expect(changes.changed.map((one) => [one.record, one.before])).toEqual(changed);
  expect(changes.removed).toEqual(removed);
});
