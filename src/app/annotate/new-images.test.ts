import { expect, it } from 'vitest';
import { EMPTY_DOCUMENT } from '../../annotate/document';
import { documentOf, type ImageRecord, newRecord, recordOfStored, storedImage, withImport } from './image-record';
import { type NewImage, withNewImages } from './new-images';

const read = async () => new Blob(['pixels']);
const given = (name: string): NewImage => ({ name, read });
const asGiven = (_: ImageRecord, reads: NewImage['read']) => reads;
/** Images whose files were lost with the tab; each has labels. */
const lost = (...names: string[]): ImageRecord[] =>
  names.map((name, i) => {
    const labels = {
      document: { ...EMPTY_DOCUMENT, nextId: 7 },
      verdict: 'accepted',
      edited: false,
      foreign: undefined,
    } as const;
    return recordOfStored(storedImage(withImport(newRecord(i + 1, name, read, {}), labels)), false);
  });

it.each<[string, string[], string[], string[], string[]]>([
  ['under its own name', ['set/a.jpg'], ['set/a.jpg'], ['set/a.jpg'], []],
  ['without its folders, as a file dialog gives it', ['set/a.jpg', 'set/b.jpg'], ['b.jpg'], ['set/b.jpg'], []],
  ['with folders that it did not have before', ['a.jpg'], ['photos/a.jpg'], ['a.jpg'], []],
  ['from further up', ['train/a.jpg', 'val/a.jpg'], ['set/val/a.jpg', 'set/train/a.jpg'], ['train/a.jpg', 'val/a.jpg'], []],
  ['but not if it could be either of two', ['train/a.jpg', 'val/a.jpg'], ['a.jpg'], [], ['a.jpg']],
  ['but not if either of two could be it', ['set/a.jpg'], ['a.jpg', 'x/set/a.jpg'], [], ['a.jpg', 'x/set/a.jpg']],
  ['but not from a folder that contradicts', ['monday/a.jpg'], ['tuesday/a.jpg'], [], ['tuesday/a.jpg']],
  ['only once', ['a.jpg'], ['a.jpg', 'a.jpg'], ['a.jpg'], ['a (2).jpg']],
])('restores a lost file %s', (_, names, files, back, added) => {
  const result = withNewImages(lost(...names), files.map(given), 10, asGiven);
  const there = result.images.slice(0, names.length);
  expect(there.filter(({ file }) => file.kind === 'pending').map(({ name }) => name)).toEqual(back);
  expect(result.added.map(({ name }) => name)).toEqual(added);
  expect(result.filesReturned).toBe(back.length > 0);
  for (const record of there) expect(documentOf(record).nextId).toBe(7);
});

it('treats an image that comes with labels as a new one', () => {
  const { added, filesReturned } = withNewImages(lost('a.jpg'), [{ ...given('a.jpg'), document: EMPTY_DOCUMENT }], 10, asGiven);
  expect([added.map(({ name }) => name), filesReturned]).toEqual([['a (2).jpg'], false]);
});
