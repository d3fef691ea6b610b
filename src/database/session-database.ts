import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import type { AnnotatedImage, Subject } from '../annotate/document';
import { DatabaseError, databaseError } from './error';
import { blobOf, putBlob, type StoredBlob } from './stored-blob';

/** A session as offered on the welcome screen. */
export interface StoredSession {
  readonly id: string;
  /** When any part of it was last saved, milliseconds since 1970. */
  readonly saved: number;
  /** How many images it has. */
  readonly count: number;
  /** Its owner, if only the database can check who that is (claim.ts). */
  readonly owner?: string | undefined;
}

/** One image of a session, without its pixels. */
export interface StoredImage {
  readonly image: AnnotatedImage;
  /** It has been drafted by the network, or needs no draft. */
  readonly drafted: boolean;
  /** Its labels began with a draft. Missing if it was saved by an earlier version. */
  readonly hasDraft?: boolean;
  /** Everybody in that draft. Missing if it was imported, or saved by an earlier version. */
  readonly draft?: readonly Subject[];
  /** Keys of the label-check findings that the user has approved. */
  readonly approved: readonly string[];
}

/** As stored in the database. Sessions saved by the first versions have the approved keys under another name, or not at all. */
type DatabaseRow = Omit<StoredImage, 'approved'> & { readonly approved?: readonly string[]; readonly right?: readonly string[] };

const storedImageOf = ({ approved, right, ...stored }: DatabaseRow): StoredImage => ({
  ...stored,
  approved: approved ?? right ?? [],
});

/** Annotation sessions in the browser's IndexedDB, where they outlive the tab. Failed calls reject with a DatabaseError. */
export interface SessionDatabase {
  /** Newest first. */
  sessions(): Promise<readonly StoredSession[]>;
  /** Ordered by id. */
  images(session: string): Promise<readonly StoredImage[]>;
  /** The ids of the images whose files are saved. */
  fileIds(session: string): Promise<ReadonlySet<number>>;
  file(session: string, image: number): Promise<Blob | undefined>;
  thumbnail(session: string, image: number): Promise<Blob | undefined>;
  /** Gives a session a new owner: the previous one can no longer write to it. */
  take(session: string, owner: string): Promise<void>;
  /** All or nothing. Rejects with session-taken if the session has an owner, but now belongs to another. */
  write(session: StoredSession, changed: readonly StoredImage[], removed: readonly number[]): Promise<void>;
  putFile(session: string, image: number, file: Blob): Promise<void>;
  putThumbnail(session: string, image: number, thumbnail: Blob): Promise<void>;
  /** Deletes a session with everything that belongs to it. */
  delete(session: string): Promise<void>;
  close(): void;
}

const NAME = 'posecade-annotate';
const VERSION = 1;

type ImageKey = [session: string, image: number];

interface Schema extends DBSchema {
  sessions: { key: string; value: StoredSession };
  images: { key: ImageKey; value: DatabaseRow };
  files: { key: ImageKey; value: StoredBlob };
  thumbnails: { key: ImageKey; value: StoredBlob };
}

const BY_IMAGE = ['images', 'files', 'thumbnails'] as const;
const ALL = ['sessions', ...BY_IMAGE] as const;

/** Every key of a session: arrays sort after numbers. */
const allOf = (session: string) => IDBKeyRange.bound([session], [session, []]);

async function guarded<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw databaseError(error);
  }
}

type StoreName = (typeof ALL)[number];
type Stores = (name: StoreName) => IDBPObjectStore<Schema, StoreName[], StoreName, 'readwrite'>;

type Request = (store: Stores) => Promise<unknown>;

/**
 * Runs the requests in one transaction: all of them, or none. names: the stores involved; the others stay available meanwhile. check: runs
 * before the requests; if it throws, they all fail.
 */
async function atomically(
  db: IDBPDatabase<Schema>,
  names: readonly StoreName[],
  requests: readonly Request[],
  check?: (store: Stores) => Promise<void>,
): Promise<void> {
  const tx = db.transaction([...names], 'readwrite');
  const store: Stores = (name) => tx.objectStore(name);
  const answers = [tx.done];
  tx.done.catch(() => undefined); // thrown below, unless a request failed first
  try {
    if (check) await check(store);
    for (const request of requests) {
      const answer = request(store); // may throw synchronously, and then those before it reject as well
      answer.catch(() => undefined);
      answers.push(answer.then(() => undefined));
      answers.at(-1)?.catch(() => undefined);
    }
    tx.commit(); // immediately: a page that is being left may be gone before the answers
    await Promise.all(answers);
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // the transaction is already over
    }
    throw error;
  }
}

/** Fails if the session now belongs to another owner. */
const stillOf = (session: StoredSession) => async (store: Stores) => {
  const before = (await store('sessions').get(session.id)) as StoredSession | undefined;
  if (before && before.owner !== session.owner) throw new DatabaseError('session-taken');
};

function sessionDatabase(db: IDBPDatabase<Schema>): SessionDatabase {
  const put = (name: 'files' | 'thumbnails') => (session: string, image: number, blob: Blob) =>
    guarded(() => putBlob(blob, (value) => db.put(name, value, [session, image])));
  const get = (name: 'files' | 'thumbnails') => (session: string, image: number) =>
    guarded(async () => blobOf(await db.get(name, [session, image])));
  return {
    sessions: () =>
      guarded(async () => (await db.getAll('sessions')).filter(({ count }) => count > 0).sort((a, b) => b.saved - a.saved)),
    images: (session) => guarded(async () => (await db.getAll('images', allOf(session))).map(storedImageOf)),
    fileIds: (session) => guarded(async () => new Set((await db.getAllKeys('files', allOf(session))).map(([, id]) => id))),
    file: get('files'),
    thumbnail: get('thumbnails'),
    putFile: put('files'),
    putThumbnail: put('thumbnails'),
    take: (session, owner) =>
      guarded(async () => {
        const tx = db.transaction('sessions', 'readwrite');
        const there = await tx.store.get(session);
        await Promise.all([there && tx.store.put({ ...there, owner }, session), tx.done]);
      }),
    write: (session, changed, removed) =>
      guarded(() =>
        atomically(
          db,
          removed.length > 0 ? ALL : ['sessions', 'images'],
          [
            (store) => store('sessions').put(session, session.id),
            ...changed.map(
              (stored): Request =>
                (store) =>
                  store('images').put(stored, [session.id, stored.image.id]),
            ),
            ...removed.flatMap((id) =>
              BY_IMAGE.map(
                (name): Request =>
                  (store) =>
                    store(name).delete([session.id, id]),
              ),
            ),
          ],
          session.owner === undefined ? undefined : stillOf(session),
        ),
      ),
    delete: (session) =>
      guarded(() =>
        atomically(db, ALL, [
          (store) => store('sessions').delete(session),
          ...BY_IMAGE.map(
            (name): Request =>
              (store) =>
                store(name).delete(allOf(session)),
          ),
        ]),
      ),
    close: () => db.close(),
  };
}

/**
 * Opens the database of this origin. Rejects with a DatabaseError if there is none, as in some private windows. onLost is called when the
 * browser closes it: every call rejects from then on, but reopening it may succeed.
 */
export async function openSessionDatabase(onLost: () => void = () => {}): Promise<SessionDatabase> {
  try {
    return sessionDatabase(
      await openDB<Schema>(NAME, VERSION, {
        upgrade: (db) => {
          for (const name of ALL) db.createObjectStore(name);
        },
        terminated: onLost,
      }),
    );
  } catch (error) {
    throw databaseError(error, 'storage-blocked');
  }
}

/** Asks the browser not to delete saved sessions when the disk runs low; it may refuse. Never rejects. */
export async function askToPersist(): Promise<void> {
  try {
    await navigator.storage?.persist?.();
  } catch {
    // nothing can be stored here, as where site data is blocked
  }
}
