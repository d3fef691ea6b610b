import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_DOCUMENT } from '../../annotate/document';
import { NOTHING } from '../../annotate/formats/problem';
import { DatabaseError } from '../../database/error';
import { openSessionDatabase, type SessionDatabase } from '../../database/session-database';
import { SourceError } from '../../source/error';
import { retry } from '../shell/retry';
import { engine, files, images, opened, resetWorld, settled, start, state, statuses, world, wrapDatabase } from './testing';

beforeEach(resetWorld);

/** The database stores labels but refuses files. */
const refuseFiles = () => wrapDatabase(() => ({ putFile: () => Promise.reject(new DatabaseError('storage-full')) }));

it('saves everything, and resumes with it after a crash', async () => {
  const annotate = await opened('a.jpg', 'b.jpg');
  const session = annotate.session();
  state(annotate).opened?.editor.dispatch({ type: 'swapAll' });
  const swapped = images(annotate)[0]?.document;
  session?.flag(2, true);
  await session?.flush();
  world.claimed.clear(); // the tab has crashed

  const again = start();
  await again.enter();
  expect(state(again).offered).toMatchObject([{ count: 2, elsewhere: false }]);
  await again.resume(state(again).offered[0]?.id ?? '');
  expect(images(again)).toMatchObject([
    { name: 'a.jpg', edited: true, document: swapped },
    { name: 'b.jpg', verdict: 'flagged', edited: false },
  ]);
  expect(statuses(again)).toEqual(['edited', 'flagged']);
  expect(await (await again.session()?.file(1))?.text()).toBe('a.jpg');
  await again.openFiles(files('c.jpg'));
  expect(images(again).map(({ id }) => id)).toEqual([1, 2, 3]);
});

it('continues in memory where nothing can be stored, and says so once', async () => {
  world.openDatabase = async () => {
    throw new DatabaseError('storage-blocked');
  };
  const annotate = await opened('a.jpg', 'b.jpg');
  expect(state(annotate).saving).toMatchObject({ state: 'unsaved', notice: { code: 'storage-blocked' } });
  expect(world.app.getState().notice?.code).toBe('storage-blocked');
  expect(annotate.session()?.atRisk).toBe(true);
  world.app.setState({ notice: undefined });
  annotate.session()?.flag(1, true);
  await annotate.session()?.flush();
  expect(world.app.getState().notice).toBeUndefined();
  expect(await (await annotate.session()?.file(2))?.text()).toBe('b.jpg');
});

it('reports a full disk, saves the labels that fit, and saves the files once there is space again', async () => {
  let full = true;
  wrapDatabase((database) => ({
    putFile: (...args) => (full ? Promise.reject(new DatabaseError('storage-full')) : database.putFile(...args)),
  }));
  const annotate = await opened('a.jpg', 'b.jpg');
  expect(world.app.getState().notice?.code).toBe('storage-full');
  annotate.session()?.flag(1, true);
  await annotate.session()?.flush();
  const id = (await (await openSessionDatabase()).sessions())[0]?.id ?? '';
  expect((await (await openSessionDatabase()).images(id))[0]?.image.verdict).toBe('flagged');
  full = false;
  await retry(world.app, engine);
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(annotate.session()?.atRisk).toBe(false);
  expect((await (await openSessionDatabase()).fileIds(id)).size).toBe(2);
});

it('saves many documents in batches', async () => {
  const sizes: number[] = [];
  wrapDatabase((database) => {
    const write: SessionDatabase['write'] = async (session, changed, removed) => {
      sizes.push(changed.length);
      await database.write(session, changed, removed);
    };
    return { write };
  });
  const annotate = start();
  await annotate.openFiles(files(...Array.from({ length: 1500 }, (_, i) => `${i}.jpg`)));
  annotate.session()?.setDrafting(false);
  await annotate.session()?.flush();
  expect(sizes.slice(0, 2)).toEqual([1000, 500]);
  const [stored] = await (await openSessionDatabase()).sessions();
  expect(await (await openSessionDatabase()).images(stored?.id ?? '')).toHaveLength(1500);
  await annotate.session()?.close();
});

it('is at risk only while more documents are waiting than fit in one transaction', async () => {
  const annotate = start();
  const whileWriting: unknown[] = [];
  wrapDatabase((database) => {
    const write: SessionDatabase['write'] = async (...args) => {
      whileWriting.push(annotate.session()?.atRisk);
      await database.write(...args);
    };
    return { putFile: async () => undefined, write };
  });
  await annotate.openFiles(files(...Array.from({ length: 1001 }, (_, i) => `${i}.jpg`)));
  const session = annotate.session();
  session?.setDrafting(false);
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(session?.atRisk).toBe(false);
  for (const { id } of images(annotate).slice(1)) session?.flag(id, true);
  expect(session?.atRisk).toBe(false);
  session?.flag(1, true);
  expect(session?.atRisk).toBe(true);
  whileWriting.length = 0;
  await session?.flush();
  expect(whileWriting).toEqual([true, false]); // 1000 of them, and then the last
  expect(session?.atRisk).toBe(false);
  await session?.close();
});

it('flushes new changes alongside a write in progress, and reports "saved" only after both', async () => {
  const written: string[][] = [];
  const ends: (() => void)[] = [];
  let held = false;
  let done = 0;
  wrapDatabase((database) => {
    const write: SessionDatabase['write'] = async (stored, changed, removed) => {
      if (held) {
        written.push(changed.map(({ image }) => `${image.name} ${image.verdict}`));
        await new Promise<void>((resolve) => ends.push(resolve));
      }
      await database.write(stored, changed, removed);
      if (held) done += 1;
    };
    return { write };
  });
  const annotate = await opened('a.jpg', 'b.jpg');
  const session = annotate.session();
  await session?.settle();
  held = true;
  session?.flag(1, true);
  void session?.flush();
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  session?.flag(2, true);
  const flushed = session?.flush();
  await vi.waitFor(() => expect(written).toEqual([['a.jpg flagged'], ['b.jpg flagged']]));
  ends[1]?.();
  await vi.waitFor(() => expect(done).toBe(1));
  expect(state(annotate).saving.state).toBe('saving');
  ends[0]?.();
  await flushed;
  expect(state(annotate).saving.state).toBe('saved');
});

it('replaces nothing newer, and brings back nothing removed, with the later batches of a write that a flush overtook', async () => {
  const gate: { open?: () => void; closed?: Promise<void> } = {};
  const held = vi.fn();
  const written: number[] = []; // numbers of documents
  wrapDatabase((database) => {
    const write: SessionDatabase['write'] = async (stored, changed, removed) => {
      if (changed.length === 1000 && gate.closed) {
        held();
        await gate.closed;
      }
      await database.write(stored, changed, removed);
      written.push(changed.length);
    };
    return { putFile: async () => undefined, write };
  });
  const annotate = start();
  await annotate.openFiles(files(...Array.from({ length: 1200 }, (_, i) => `${i}.jpg`)));
  const session = annotate.session();
  session?.setDrafting(false);
  await session?.settle();
  gate.closed = new Promise((resolve) => {
    gate.open = resolve;
  });
  for (const { id } of images(annotate)) session?.flag(id, true);
  const slow = session?.flush();
  await vi.waitFor(() => expect(held).toHaveBeenCalled());
  session?.flag(1100, false);
  session?.remove(1150);
  const quick = session?.flush(); // as when the tab is hidden
  await vi.waitFor(() => expect(written.at(-1)).toBe(1));
  gate.open?.();
  await Promise.all([slow, quick]);
  const database = await openSessionDatabase();
  const stored = await database.images((await database.sessions())[0]?.id ?? '');
  const verdicts = new Map(stored.map(({ image }) => [image.id, image.verdict]));
  expect([verdicts.get(1099), verdicts.get(1100), verdicts.get(1150)]).toEqual(['flagged', 'open', undefined]);
  await session?.close();
});

it('keeps labels whose image files were not saved until the files are added again', async () => {
  refuseFiles();
  const annotate = await opened('a.jpg', 'b.jpg');
  annotate.session()?.acceptAndNext();
  await annotate.session()?.flush();
  world.claimed.clear();

  world.openDatabase = openSessionDatabase;
  const again = start();
  await again.enter();
  await again.resume(state(again).offered[0]?.id ?? '');
  await settled(again);
  expect(statuses(again)).toEqual(['failed', 'failed']);
  expect(state(again).images[0]?.status).toMatchObject({ notice: { code: 'image-missing' } });
  await again.openFiles(files('a.jpg', 'new.jpg'));
  await settled(again);
  expect(images(again).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'new.jpg']);
  expect(images(again)[0]).toMatchObject({ verdict: 'accepted' });
  expect(statuses(again)).toEqual(['accepted', 'failed', 'drafted']);
});

it('gives files that come with labels back to the images that had lost theirs', async () => {
  refuseFiles();
  const annotate = await opened('a.jpg', 'b.jpg');
  await annotate.session()?.flush();
  world.claimed.clear();

  world.openDatabase = openSessionDatabase;
  const again = start();
  await again.enter();
  vi.mocked(console.info).mockClear();
  await again.resume(state(again).offered[0]?.id ?? '');
  await vi.waitFor(() => expect(console.info).toHaveBeenCalled()); // the current image could not be opened
  expect(statuses(again)).toEqual(['failed', 'failed']);
  world.readsAs = {
    ...NOTHING,
    total: 1,
    images: [{ id: 1, document: EMPTY_DOCUMENT, verdict: 'accepted', edited: false, foreign: undefined }],
  };
  await again.openFiles(files('a.jpg', 'b.jpg', 'labels.json'));
  await settled(again);
  expect(images(again)).toMatchObject([{ name: 'a.jpg', verdict: 'accepted' }, { name: 'b.jpg' }]);
  expect(statuses(again)).toEqual(['accepted', 'drafted']);
  expect(await (await again.session()?.file(1))?.text()).toBe('a.jpg');
  expect(world.app.getState().message).toBe('Imported labels for 1 image. 2 images have their files again.');
});

it('reports a file that cannot be read for saving, because closing the tab would lose it', async () => {
  const [file] = files('a.jpg');
  if (!file) throw new Error('no file');
  file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) as unknown as Blob;
  const annotate = start();
  await annotate.openFiles([file]);
  await vi.waitFor(() =>
    expect(state(annotate).images[0]?.status).toMatchObject({ kind: 'failed', notice: { code: 'unreadable' } }),
  );
});

it('asks before closing a session that could not be saved, and keeps it open if the user declines', async () => {
  refuseFiles();
  const annotate = await opened('a.jpg');
  world.confirm.mockReturnValue(false);
  await annotate.leave();
  expect(world.confirm).toHaveBeenCalledOnce();
  expect(state(annotate)).toMatchObject({ phase: 'open', images: [{ name: 'a.jpg' }] });
  expect(annotate.session()?.atRisk).toBe(true);
  expect(world.claimed.size).toBe(1);
  world.confirm.mockReturnValue(true);
  await annotate.leave();
  expect(state(annotate).phase).toBe('none');
  expect(world.claimed.size).toBe(0);
});

it('closes a session only once its files are copied', async () => {
  let go = () => {};
  const copied = new Promise<void>((resolve) => {
    go = resolve;
  });
  const order: string[] = [];
  wrapDatabase((database) => ({
    putFile: async (...args) => {
      order.push('copying');
      await copied;
      await database.putFile(...args);
      order.push('copied');
    },
  }));
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg'));
  const id = [...world.claimed][0] ?? '';
  const left = annotate.leave().then(() => order.push('left'));
  await vi.waitFor(() => expect(order).not.toEqual([]));
  expect(annotate.session()?.atRisk).toBe(true); // so the browser asks before closing the tab
  expect(world.claimed.has(id)).toBe(true);
  go();
  await left;
  expect(order).toEqual(['copying', 'copied', 'copying', 'copied', 'left']);
  expect(world.confirm).not.toHaveBeenCalled();
  expect(world.claimed.size).toBe(0);
  expect((await (await openSessionDatabase()).fileIds(id)).size).toBe(2);
});

it('saves through a new connection after the database was lost', async () => {
  let lose = () => {};
  let lost = false;
  world.openDatabase = async (onLost) => {
    world.openDatabase = openSessionDatabase;
    lose = () => {
      lost = true;
      onLost?.();
    };
    const database = await openSessionDatabase();
    return {
      ...database,
      write: (...args) => (lost ? Promise.reject(new DatabaseError('storage-failed')) : database.write(...args)),
    };
  };
  const annotate = await opened('a.jpg');
  lose();
  annotate.session()?.flag(1, true);
  await annotate.session()?.saveAgain();
  expect(state(annotate).saving.state).toBe('saved');
  expect((await (await openSessionDatabase()).images([...world.claimed][0] ?? ''))[0]?.image.verdict).toBe('flagged');
});

it('saves everything again that is still in memory if the database was emptied, and marks the files that were lost', async () => {
  let lose = () => {};
  world.openDatabase = (onLost = () => {}) => {
    lose = onLost;
    return openSessionDatabase();
  };
  const annotate = await opened('a.jpg', 'b.jpg');
  annotate.session()?.flag(2, true);
  await settled(annotate);
  vi.stubGlobal('indexedDB', new IDBFactory());
  lose();
  await vi.waitFor(() => expect(statuses(annotate)).toEqual(['failed', 'failed']));
  await settled(annotate);
  await annotate.openFiles(files('a.jpg'));
  await settled(annotate);
  await annotate.leave();
  const [offered] = state(annotate).offered;
  expect(offered).toMatchObject({ count: 2 });
  await annotate.resume(offered?.id ?? '');
  expect(images(annotate)).toMatchObject([{ verdict: 'open' }, { verdict: 'flagged' }]);
  expect(images(annotate).map(({ document }) => document.subjects.length > 0)).toEqual([true, true]);
  expect(state(annotate).images.map(({ file }) => file.kind)).toEqual(['saved', 'missing']);
});

it('reports a failure again if saving is retried in vain', async () => {
  wrapDatabase(() => ({ write: () => Promise.reject(new DatabaseError('storage-blocked')) }));
  await opened('a.jpg');
  expect(world.app.getState().notice?.code).toBe('storage-blocked');
  await retry(world.app, engine);
  expect(world.app.getState().notice?.code).toBe('storage-blocked');
});

it('saves the other files through a new connection if the database is lost while they are copied', async () => {
  world.openDatabase = async (onLost) => {
    world.openDatabase = openSessionDatabase;
    const database = await openSessionDatabase();
    let lost = false;
    const putFile: SessionDatabase['putFile'] = async (session, image, file) => {
      if (image === 2) {
        lost = true;
        onLost?.();
      }
      if (lost) throw new DatabaseError('storage-failed');
      await database.putFile(session, image, file);
    };
    return { ...database, putFile };
  };
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg');
  const saved = async () => (await openSessionDatabase()).fileIds([...world.claimed][0] ?? '');
  await vi.waitFor(async () => expect(await saved()).toEqual(new Set([1, 3])));
  expect(world.app.getState().notice?.sentence).toMatch(/^b\.jpg: /); // it may have been the cause
  await annotate.session()?.saveAgain();
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
});

it('continues to copy files after labels could not be saved for a moment', async () => {
  let fails = false;
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  wrapDatabase((database) => ({
    write: (...args) => (fails ? Promise.reject(new DatabaseError('storage-failed')) : database.write(...args)),
    putFile: async (...args) => {
      await held;
      await database.putFile(...args);
    },
  }));
  const annotate = start();
  await annotate.openFiles(files('a.jpg', 'b.jpg'));
  const session = annotate.session();
  session?.setDrafting(false);
  await session?.flush();
  for (const now of [true, false]) {
    fails = now;
    session?.flag(1, now);
    await session?.flush();
    expect(state(annotate).saving.state).toBe(now ? 'unsaved' : 'saving');
  }
  go();
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
});

it('saves on retry if nothing could be stored when the session began', async () => {
  world.openDatabase = () => Promise.reject(new DatabaseError('storage-blocked'));
  const annotate = await opened('a.jpg');
  expect(state(annotate).saving.state).toBe('unsaved');
  world.openDatabase = openSessionDatabase;
  await annotate.session()?.saveAgain();
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect((await (await openSessionDatabase()).fileIds([...world.claimed][0] ?? '')).size).toBe(1);
});

it('retries resuming a session that the database failed to read', async () => {
  const annotate = await opened('a.jpg');
  await annotate.leave();
  const database = await openSessionDatabase();
  const again = start();
  let refuses = true;
  const images: SessionDatabase['images'] = (id) =>
    refuses ? Promise.reject(new DatabaseError('storage-failed')) : database.images(id);
  world.openDatabase = async () => ({ ...database, images });
  await again.enter();
  await again.resume(state(again).offered[0]?.id ?? '');
  expect(world.app.getState().notice?.code).toBe('storage-failed');
  refuses = false;
  await retry(world.app, engine);
  expect(state(again)).toMatchObject({ phase: 'open', images: [{ name: 'a.jpg' }] });
});

it('reads a file that could not be copied again on retry, or takes it when it is added again', async () => {
  let there = false;
  const [first, second] = files('a.jpg', 'b.jpg');
  if (!first || !second) throw new Error('no files');
  const gone = (file: File) => {
    const { text, slice } = file;
    file.text = () => (there ? text.call(file) : Promise.reject(new SourceError('unreadable')));
    file.slice = (...args) => {
      const part = slice.apply(file, args);
      if (!there) part.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
      return part;
    };
    return file;
  };
  const annotate = start();
  await annotate.openFiles([gone(first), gone(second)]);
  await settled(annotate);
  expect(state(annotate).images[0]?.status).toMatchObject({ notice: { code: 'unreadable' } });
  annotate.session()?.retry(1);
  await settled(annotate);
  expect(state(annotate).images[0]?.status).toMatchObject({ notice: { code: 'unreadable' } });
  await annotate.openFiles(files('b.jpg'));
  await settled(annotate);
  expect(images(annotate).map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg']);
  there = true;
  annotate.session()?.retry(1);
  await settled(annotate);
  expect(statuses(annotate)).toEqual(['drafted', 'drafted']);
  expect((await (await openSessionDatabase()).fileIds([...world.claimed][0] ?? '')).size).toBe(2);
});

it('saves all but what the database refuses, names those images, and retries them after a later change', async () => {
  let refused = ['b.jpg'];
  wrapDatabase((database) => ({
    write: (session, changed, removed) =>
      changed.some(({ image }) => refused.includes(image.name))
        ? Promise.reject(new DatabaseError('storage-failed'))
        : database.write(session, changed, removed),
  }));
  const annotate = await opened('a.jpg', 'b.jpg', 'c.jpg');
  await vi.waitFor(() => expect(state(annotate).saving).toMatchObject({ notice: { code: 'record-refused' } }));
  expect(world.app.getState().notice?.sentence).toMatch(/^b\.jpg: /);
  expect(annotate.session()?.atRisk).toBe(true);
  annotate.session()?.flag(3, true);
  await annotate.session()?.flush();
  const stored = async () => {
    const database = await openSessionDatabase();
    return (await database.images((await database.sessions())[0]?.id ?? '')).map(({ image }) => [image.name, image.verdict]);
  };
  expect(await stored()).toEqual([
    ['a.jpg', 'open'],
    ['c.jpg', 'flagged'],
  ]);
  refused = [];
  annotate.session()?.flag(2, true);
  await annotate.session()?.flush();
  expect(await stored()).toContainEqual(['b.jpg', 'flagged']);
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(annotate.session()?.atRisk).toBe(false);
});

it('says that the disk is full, not that a record is refused, if only small records still fit', async () => {
  let full = true;
  wrapDatabase((database) => ({
    write: (session, changed, removed) =>
      full && changed.some(({ image }) => image.name === 'b.jpg')
        ? Promise.reject(new DatabaseError('storage-full'))
        : database.write(session, changed, removed),
  }));
  const annotate = await opened('a.jpg', 'b.jpg');
  await vi.waitFor(() => expect(state(annotate).saving).toMatchObject({ notice: { code: 'storage-full' } }));
  expect(world.app.getState().notice?.sentence).toMatch(/^b\.jpg: There is no space left/);
  full = false;
  await annotate.session()?.saveAgain();
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
});

it('saves the other files if the database refuses one', async () => {
  wrapDatabase((database) => ({
    putFile: (session, image, file) =>
      image === 1 ? Promise.reject(new DatabaseError('storage-failed')) : database.putFile(session, image, file),
  }));
  const annotate = await opened('a.jpg', 'b.jpg');
  const id = [...world.claimed][0] ?? '';
  await vi.waitFor(async () => expect(await (await openSessionDatabase()).fileIds(id)).toEqual(new Set([2])));
  await vi.waitFor(() => expect(world.app.getState().notice?.sentence).toMatch(/^a\.jpg: /));
  expect(await (await annotate.session()?.file(1))?.text()).toBe('a.jpg');
});

it('without locks, tells the tab that opened a session first that another has taken it, and overwrites nothing', async () => {
  world.owner = 'first tab';
  const first = await opened('a.jpg');
  const id = [...world.claimed][0] ?? '';
  await vi.waitFor(() => expect(state(first).saving.state).toBe('saved'));
  world.claimed.clear(); // it is suspended, and does not answer the second tab
  world.owner = 'second tab';
  const second = start();
  await second.enter();
  await second.resume(id);
  await vi.waitFor(() => expect(state(second).opened?.id).toBe(1));
  second.session()?.acceptAndNext();
  await second.session()?.flush();
  first.session()?.flag(1, true);
  await first.session()?.flush();
  expect(world.app.getState().notice?.code).toBe('session-taken');
  expect(first.session()?.atRisk).toBe(true);
  expect((await (await openSessionDatabase()).images(id))[0]?.image.verdict).toBe('accepted');
});

it('withdraws the notice of a failure once everything is saved', async () => {
  let full = true;
  wrapDatabase((database) => ({
    putFile: (...args) => (full ? Promise.reject(new DatabaseError('storage-full')) : database.putFile(...args)),
  }));
  const annotate = await opened('a.jpg');
  expect(world.app.getState().notice?.code).toBe('storage-full');
  full = false;
  await annotate.session()?.saveAgain();
  await vi.waitFor(() => expect(state(annotate).saving.state).toBe('saved'));
  expect(world.app.getState().notice).toBeUndefined();
});

it('refuses a file of another size for labels whose own file was lost', async () => {
  const annotate = await opened('a.jpg');
  await annotate.session()?.flush();
  const id = (await (await openSessionDatabase()).sessions())[0]?.id ?? '';
  world.claimed.clear();
  const database = await openSessionDatabase();
  let lost = true;
  world.openDatabase = async () => ({
    ...database,
    fileIds: async () => new Set(),
    file: async (...args) => (lost ? undefined : database.file(...args)),
    putFile: async (...args) => {
      await database.putFile(...args);
      lost = false;
    },
  });
  let size = { width: 320, height: 240 };
  const again = start({ measureImage: async () => size });
  await again.resume(id);
  expect(statuses(again)).toEqual(['failed']);
  await again.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(state(again).images[0]).toMatchObject({ file: { kind: 'unreadable' } }));
  expect(state(again).images[0]?.status).toMatchObject({ kind: 'failed', notice: { code: 'other-size' } });
  size = { width: 640, height: 480 };
  await again.openFiles(files('a.jpg'));
  await vi.waitFor(() => expect(statuses(again)).toEqual(['drafted']));
  await settled(again);
});
