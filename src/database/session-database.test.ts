import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_DOCUMENT } from '../annotate/document';
import { DatabaseError } from './error';
import { openSessionDatabase, type StoredImage } from './session-database';

const stored = (id: number): StoredImage => ({
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
  approved: [],
});
const session = (id: string, saved = 1, count = 1) => ({ id, saved, count });

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));

it('returns what was written, even after it was closed and reopened', async () => {
  const first = await openSessionDatabase();
  await first.write(session('a', 5, 2), [stored(2), stored(1)], []);
  await first.putFile('a', 1, new Blob(['pixels']));
  await first.putThumbnail('a', 1, new Blob(['small']));
  first.close();
  const again = await openSessionDatabase();
  expect(await again.sessions()).toEqual([session('a', 5, 2)]);
  expect(await again.images('a')).toEqual([stored(1), stored(2)]);
  expect(await again.fileIds('a')).toEqual(new Set([1]));
  expect(await (await again.file('a', 1))?.text()).toBe('pixels');
  expect(await (await again.thumbnail('a', 1))?.text()).toBe('small');
  expect(await again.file('a', 2)).toBeUndefined();
});

it('reads data saved by the first versions', async () => {
  const database = await openSessionDatabase();
  const { approved: _, ...first } = stored(1);
  const older = [first, { ...stored(2), approved: undefined, right: ['2 1 limb 4'] }] as unknown as StoredImage[];
  await database.write(session('a'), older, []);
  expect((await database.images('a')).map(({ approved }) => approved)).toEqual([[], ['2 1 limb 4']]);
});

it('lists sessions newest first, and leaves out those without images', async () => {
  const database = await openSessionDatabase();
  for (const one of [session('old', 1), session('new', 2), session('none', 3, 0)]) await database.write(one, [], []);
  expect((await database.sessions()).map(({ id }) => id)).toEqual(['new', 'old']);
});

it('removes an image or a whole session without affecting other sessions', async () => {
  const database = await openSessionDatabase();
  for (const id of ['a', 'ab']) {
    await database.write(session(id), [stored(1), stored(2)], []);
    await database.putFile(id, 1, new Blob(['x']));
  }
  await database.write(session('a'), [], [1]);
  expect(await database.images('a')).toEqual([stored(2)]);
  expect(await database.fileIds('a')).toEqual(new Set());
  await database.delete('a');
  expect(await database.images('a')).toEqual([]);
  expect((await database.sessions()).map(({ id }) => id)).toEqual(['ab']);
  expect(await database.images('ab')).toHaveLength(2);
  expect(await database.fileIds('ab')).toEqual(new Set([1]));
});

it('reports when the browser has closed the database', async () => {
  const lost = vi.fn();
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const database = await openSessionDatabase(lost);
  await database.write(session('a'), [stored(1)], []);
  const connection = transaction.mock.contexts[0];
  transaction.mockRestore();
  expect(lost).not.toHaveBeenCalled();
  forceCloseDatabase(connection as unknown as typeof IDBDatabase); // its types ask for the class, its code for the database
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
  await expect(database.sessions()).rejects.toMatchObject({ code: 'storage-failed' });
  expect(await (await openSessionDatabase()).sessions()).toHaveLength(1);
});

it('distinguishes a full disk from a database that cannot be opened', async () => {
  const database = await openSessionDatabase();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
  await expect(database.write(session('a'), [stored(1)], [])).rejects.toMatchObject({ code: 'storage-full' });
  await expect(database.putFile('a', 1, new Blob())).rejects.toMatchObject({ code: 'storage-full' });
  put.mockRestore();
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('private', 'SecurityError');
    },
  });
  await expect(openSessionDatabase()).rejects.toEqual(new DatabaseError('storage-blocked'));
});

it("stores files as bytes where blobs are refused, as in WebKit's private windows", async () => {
  const database = await openSessionDatabase();
  const { put } = IDBObjectStore.prototype;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (value instanceof Blob) throw new DOMException('no blobs here', 'DataCloneError');
    return put.call(this, value, key);
  });
  await database.putFile('a', 1, new Blob(['pixels'], { type: 'image/png' }));
  spy.mockRestore();
  const file = await database.file('a', 1);
  expect(file?.type).toBe('image/png');
  expect(await file?.text()).toBe('pixels');
});

it('rejects writes by the previous owner once another has taken the session', async () => {
  const database = await openSessionDatabase();
  const mine = { ...session('a'), owner: 'first' };
  await database.write(mine, [stored(1)], []);
  await database.take('a', 'second');
  await expect(database.write(mine, [stored(2)], [])).rejects.toMatchObject({ code: 'session-taken' });
  await database.write({ ...mine, owner: 'second' }, [stored(3)], []);
  expect((await database.images('a')).map(({ image }) => image.id)).toEqual([1, 3]);
});

it('leaves neither records nor unhandled rejections behind when a write is refused halfway', async () => {
  const database = await openSessionDatabase();
  const { put } = IDBObjectStore.prototype;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (value?.image?.id === 2) throw new DOMException('too large', 'DataCloneError');
    return put.call(this, value, key);
  });
  const orphans = vi.fn();
  process.on('unhandledRejection', orphans);
  await expect(database.write(session('a'), [stored(1), stored(2)], [])).rejects.toMatchObject({ code: 'storage-failed' });
  spy.mockRestore();
  expect(await database.images('a')).toEqual([]); // waits until the refused transaction is over
  await new Promise((resolve) => setTimeout(resolve)); // and Node has reported its rejections
  process.off('unhandledRejection', orphans);
  expect(orphans).not.toHaveBeenCalled();
});
