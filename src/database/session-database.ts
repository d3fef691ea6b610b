import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';
import type { AnnotatedImage } from '../annotate/document';
import { databaseError } from './error';

/** A session as the welcome offers it. */
export interface StoredSession {
  readonly id: string;
  /** When something of it was last saved, milliseconds since 1970. */
  readonly saved: number;
  /** How many images it has. */
  readonly count: number;
}

/** One image of a session, without its pixels. */
export interface StoredImage {
  readonly image: AnnotatedImage;
  /** The network has drafted it, or need not. */
  readonly drafted: boolean;
  /** The keys of the findings of the label check that the user has approved. */
  readonly approved: readonly string[];
}

/** As it is in the database. Sessions saved by the first versions have the approved keys under another name, or not at all. */
type DatabaseRow = Omit<StoredImage, 'approved'> & { readonly approved?: readonly string[]; readonly right?: readonly string[] };

const storedImageOf = ({ image, drafted, approved, right }: DatabaseRow): StoredImage => ({
  image,
  drafted,
  approved: approved ?? right ?? [],
});

/** Annotation sessions in the browser's IndexedDB, where they outlive the tab. Every call rejects with a DatabaseError. */
export interface SessionDatabase {
  /** Newest first. */
  sessions(): Promise<readonly StoredSession[]>;
  /** In the order of their ids. */
  images(session: string): Promise<readonly StoredImage[]>;
  /** The ids of the images whose files are saved. */
  fileIds(session: string): Promise<ReadonlySet<number>>;
  file(session: string, image: number): Promise<Blob | undefined>;
  thumbnail(session: string, image: number): Promise<Blob | undefined>;
  /** All or nothing. */
  write(session: StoredSession, changed: readonly StoredImage[], removed: readonly number[]): Promise<void>;
  putFile(session: string, image: number, file: Blob): Promise<void>;
  putThumbnail(session: string, image: number, thumbnail: Blob): Promise<void>;
  /** Deletes a session with all that belongs to it. */
  delete(session: string): Promise<void>;
  close(): void;
}

const NAME = 'posecade-annotate';
const VERSION = 1;

type ImageKey = [session: string, image: number];

interface Schema extends DBSchema {
  sessions: { key: string; value: StoredSession };
  images: { key: ImageKey; value: DatabaseRow };
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
    throw databaseError(error);
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
  done.catch(() => undefined); // thrown below, unless a request failed first
  try {
    const asked = requests((name) => tx.objectStore(name));
    tx.commit(); // at once: a page that is being left does not live to see the answers
    await Promise.all([...asked, done]);
  } catch (error) {
    if (tx.error === null) tx.abort();
    throw error;
  }
}

function sessionDatabase(db: IDBPDatabase<Schema>): SessionDatabase {
  return {
    sessions: () =>
      guarded(async () => (await db.getAll('sessions')).filter(({ count }) => count > 0).sort((a, b) => b.saved - a.saved)),
    images: (session) => guarded(async () => (await db.getAll('images', allOf(session))).map(storedImageOf)),
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
          ...changed.map((stored) => store('images').put(stored, [session.id, stored.image.id])),
          ...removed.flatMap((id) => BY_IMAGE.map((name) => store(name).delete([session.id, id]))),
        ]),
      ),
    delete: (session) =>
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
 * Opens the database of this origin. Rejects with a DatabaseError where there is none, as in some private windows. onLost is called when the
 * browser closes it: every call rejects from then on, but opening it anew may succeed.
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

/** Asks the browser not to delete saved sessions when the disk runs low; it may refuse. */
export async function askToPersist(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false);
}
