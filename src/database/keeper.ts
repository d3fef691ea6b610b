import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import type { AnnotatedImage } from '../annotate/document';
import { storeError } from './error';

/** A session as the welcome offers it. */
export interface KeptSession {
  readonly id: string;
  /** When something of it was last kept, milliseconds since 1970. */
  readonly saved: number;
  /** How many images it has. */
  readonly count: number;
}

/** One image of a session, without its pixels. */
export interface KeptImage {
  readonly image: AnnotatedImage;
  /** The network has looked at it, or needs not. */
  readonly drafted: boolean;
  /** The keys of its findings that the user has looked at and found to be right; sessions kept by older versions lack them. */
  readonly right?: readonly string[];
}

/** Where sessions outlive the tab. Every call rejects with a StoreError. */
export interface Keeper {
  /** Newest first. */
  sessions(): Promise<readonly KeptSession[]>;
  /** In the order of their ids. */
  images(session: string): Promise<readonly KeptImage[]>;
  /** The ids of the images whose files are kept. */
  fileIds(session: string): Promise<ReadonlySet<number>>;
  file(session: string, image: number): Promise<Blob | undefined>;
  thumbnail(session: string, image: number): Promise<Blob | undefined>;
  /** All or nothing. */
  write(session: KeptSession, changed: readonly KeptImage[], removed: readonly number[]): Promise<void>;
  putFile(session: string, image: number, file: Blob): Promise<void>;
  putThumbnail(session: string, image: number, thumbnail: Blob): Promise<void>;
  /** Forgets a session with all that belongs to it. */
  discard(session: string): Promise<void>;
  close(): void;
}

const NAME = 'posecade-annotate';
const VERSION = 1;

type ImageKey = [session: string, image: number];

interface Schema extends DBSchema {
  sessions: { key: string; value: KeptSession };
  images: { key: ImageKey; value: KeptImage };
  files: { key: ImageKey; value: Blob };
  thumbnails: { key: ImageKey; value: Blob };
}

const BY_IMAGE = ['images', 'files', 'thumbnails'] as const;
const ALL = ['sessions', ...BY_IMAGE] as const;

/** Every key of a session: arrays sort behind numbers. */
const allOf = (session: string) => IDBKeyRange.bound([session], [session, []]);

async function guarded<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storeError(error);
  }
}

type StoreName = (typeof ALL)[number];
type Stores = (name: StoreName) => IDBPObjectStore<Schema, StoreName[], StoreName, 'readwrite'>;

/** Runs the requests in one transaction: all of them, or none. names: the stores that they are about; others stay free meanwhile. */
async function atomically(
  db: IDBPDatabase<Schema>,
  names: readonly StoreName[],
  requests: (store: Stores) => readonly Promise<unknown>[],
): Promise<void> {
  const tx = db.transaction([...names], 'readwrite');
  const done = tx.done;
  done.catch(() => undefined); // told below, if a request has not failed first
  try {
    const asked = requests((name) => tx.objectStore(name));
    tx.commit(); // at once: a page that is being left does not live to see the answers
    await Promise.all([...asked, done]);
  } catch (error) {
    if (tx.error === null) tx.abort();
    throw error;
  }
}

function keeperOf(db: IDBPDatabase<Schema>): Keeper {
  return {
    sessions: () =>
      guarded(async () => (await db.getAll('sessions')).filter(({ count }) => count > 0).sort((a, b) => b.saved - a.saved)),
    images: (session) => guarded(() => db.getAll('images', allOf(session))),
    fileIds: (session) => guarded(async () => new Set((await db.getAllKeys('files', allOf(session))).map(([, id]) => id))),
    file: (session, image) => guarded(() => db.get('files', [session, image])),
    thumbnail: (session, image) => guarded(() => db.get('thumbnails', [session, image])),
    putThumbnail: (session, image, thumbnail) =>
      guarded(async () => {
        await db.put('thumbnails', thumbnail, [session, image]);
      }),
    putFile: (session, image, file) =>
      guarded(async () => {
        await db.put('files', file, [session, image]);
      }),
    write: (session, changed, removed) =>
      guarded(() =>
        atomically(db, removed.length > 0 ? ALL : ['sessions', 'images'], (store) => [
          store('sessions').put(session, session.id),
          ...changed.map((kept) => store('images').put(kept, [session.id, kept.image.id])),
          ...removed.flatMap((id) => BY_IMAGE.map((name) => store(name).delete([session.id, id]))),
        ]),
      ),
    discard: (session) =>
      guarded(() =>
        atomically(db, ALL, (store) => [
          store('sessions').delete(session),
          ...BY_IMAGE.map((name) => store(name).delete(allOf(session))),
        ]),
      ),
    close: () => db.close(),
  };
}

/**
 * Opens the database of this origin. Rejects with a StoreError where there is none, as in some private windows. onLost: the browser has
 * closed it, and every call rejects from now on; a new one may open.
 */
export async function openKeeper(onLost: () => void = () => {}): Promise<Keeper> {
  try {
    return keeperOf(
      await openDB<Schema>(NAME, VERSION, {
        upgrade: (db) => {
          for (const name of ALL) db.createObjectStore(name);
        },
        terminated: onLost,
      }),
    );
  } catch (error) {
    throw storeError(error, 'storage-blocked');
  }
}

/** Asks the browser not to clear what is kept when the disk runs low; it may refuse. */
export async function askToPersist(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
