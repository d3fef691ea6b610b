import { expect, it } from 'vitest';
import { type ImageRecord, newRecord } from './image-record';
import { changesBetween } from './session-images';

const record = (id: number): ImageRecord => newRecord(id, `${id}.jpg`, async () => new Blob(), {});
const [a, b, c, d] = [record(1), record(2), record(3), record(4)];
const b2 = { ...b, name: 'renamed.jpg' };

it.each([
  ['no change', [a, b, c], [a, b, c], [], []],
  ['a replaced record', [a, b, c], [a, b2, c], [[b2, b]], []],
  ['a new record at the end', [a, b], [a, b, c], [[c, undefined]], []],
  ['a removed record', [a, b, c], [a, c], [], [2]],
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
  ['no change for reordered records', [a, b, c], [c, b, a], [], []],
  ['a record added to an empty list', [], [a], [[a, undefined]], []],
])('reports %s', (_, before, after, changed, removed) => {
  const changes = changesBetween(before, after);
  expect(changes.changed.map((one) => [one.record, one.before])).toEqual(changed);
  expect(changes.removed).toEqual(removed);
});
