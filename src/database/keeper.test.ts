import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_DOCUMENT } from '../annotate/document';
import { StoreError } from './error';
import { type KeptImage, openKeeper } from './keeper';

const kept = (id: number): KeptImage => ({
  image: {
    id,
    name: `${id}.jpg`,
    size: { width: 4, height: 3 },
    document: EMPTY_DOCUMENT,
    verdict: 'open',
    edited: false,
    foreign: undefined,
  },
  drafted: false,
});
const session = (id: string, saved = 1, count = 1) => ({ id, saved, count });

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

it('gives back what was written, also after it was closed', async () => {
  const first = await openKeeper();
  await first.write(session('a', 5, 2), [kept(2), kept(1)], []);
  await first.putFile('a', 1, new Blob(['pixels']));
  await first.putThumbnail('a', 1, new Blob(['small']));
  first.close();
  const again = await openKeeper();
  expect(await again.sessions()).toEqual([session('a', 5, 2)]);
  expect(await again.images('a')).toEqual([kept(1), kept(2)]);
  expect(await again.fileIds('a')).toEqual(new Set([1]));
  expect(await (await again.file('a', 1))?.text()).toBe('pixels');
  expect(await (await again.thumbnail('a', 1))?.text()).toBe('small');
  expect(await again.file('a', 2)).toBeUndefined();
});

it('lists the newest session first, and none without images', async () => {
  const keeper = await openKeeper();
  for (const one of [session('old', 1), session('new', 2), session('none', 3, 0)]) await keeper.write(one, [], []);
  expect((await keeper.sessions()).map(({ id }) => id)).toEqual(['new', 'old']);
});

it('removes one image, or a whole session, and nothing of another', async () => {
  const keeper = await openKeeper();
  for (const id of ['a', 'ab']) {
    await keeper.write(session(id), [kept(1), kept(2)], []);
    await keeper.putFile(id, 1, new Blob(['x']));
  }
  await keeper.write(session('a'), [], [1]);
  expect(await keeper.images('a')).toEqual([kept(2)]);
  expect(await keeper.fileIds('a')).toEqual(new Set());
  await keeper.discard('a');
  expect(await keeper.images('a')).toEqual([]);
  expect((await keeper.sessions()).map(({ id }) => id)).toEqual(['ab']);
  expect(await keeper.images('ab')).toHaveLength(2);
  expect(await keeper.fileIds('ab')).toEqual(new Set([1]));
});

it('tells when the browser has closed the database', async () => {
  const lost = vi.fn();
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const keeper = await openKeeper(lost);
  await keeper.write(session('a'), [kept(1)], []);
  const database = transaction.mock.contexts[0];
  transaction.mockRestore();
  expect(lost).not.toHaveBeenCalled();
  forceCloseDatabase(database as unknown as typeof IDBDatabase); // its types ask for the class, its code for the database
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
  await expect(keeper.sessions()).rejects.toMatchObject({ code: 'storage-failed' });
  expect(await (await openKeeper()).sessions()).toHaveLength(1);
});

it('tells a full disk and a database that cannot be opened from each other', async () => {
  const keeper = await openKeeper();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await expect(keeper.write(session('a'), [kept(1)], [])).rejects.toMatchObject({ code: 'storage-full' });
  await expect(keeper.putFile('a', 1, new Blob())).rejects.toMatchObject({ code: 'storage-full' });
  put.mockRestore();
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('private', 'SecurityError');
    },
  });
  await expect(openKeeper()).rejects.toEqual(new StoreError('storage-blocked'));
});
