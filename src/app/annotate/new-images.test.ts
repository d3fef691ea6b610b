import { expect, it } from 'vitest';
import { EMPTY_DOCUMENT } from '../../annotate/document';
import { SourceError } from '../../source/error';
import { report } from '../shell/report';
import {
  documentOf,
  type ImageRecord,
  newRecord,
  recordOfStored,
  retried,
  storedImage,
  withFailure,
  withFile,
  withImport,
} from './image-record';
import { type NewImage, returnedFiles, withNewImages, withReturnedFiles } from './new-images';

const read = async () => new Blob(['pixels']);
const given = (name: string): NewImage => ({ name, read });
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
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
  ['only once', ['a.jpg'], ['a.jpg', 'a.jpg'], ['a.jpg'], ['a.jpg']],
])('restores a lost file %s', (_, lostNames, files, back, others) => {
  const images = lost(...lostNames);
  const brought = files.map(given);
  const returned = returnedFiles(images, brought);
  const used = new Set(returned.values());
  expect(names(brought.filter((file) => !used.has(file)))).toEqual(others);
  const there = withReturnedFiles(images, returned, asGiven);
  expect(names(there.filter(({ file }) => file.kind === 'pending'))).toEqual(back);
  for (const record of there) expect(documentOf(record).nextId).toBe(7);
});

it('retries everything that failed once files are returned', () => {
  const [missing, failed] = lost('a.jpg', 'b.jpg');
  if (!missing || !failed) throw new Error('no records');
  const undrafted = withFailure(withFile(retried(failed), { kind: 'saved' }), report(new SourceError('unreadable')));
  const after = withReturnedFiles([missing, undrafted], new Map([[1, given('a.jpg')]]), asGiven);
  expect(after.map(({ status }) => status.kind)).toEqual(['accepted', 'accepted']);
});

it('adds images under names of their own', () => {
  const { images, added, renamed } = withNewImages(lost('a.jpg'), ['a.jpg', 'b.jpg', 'a.jpg'].map(given), 10);
  expect([names(added), added.map(({ id }) => id), renamed]).toEqual([['a (2).jpg', 'b.jpg', 'a (3).jpg'], [10, 11, 12], 2]);
  expect(names(images)).toEqual(['a.jpg', ...names(added)]);
});
