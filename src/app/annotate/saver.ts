import { DatabaseError, databaseError } from '../../database/error';
import type { SessionDatabase } from '../../database/session-database';
import { SourceError } from '../../source/error';
import { isReadable } from '../../source/read';
import { type Notice, report } from '../shell/report';
import { type ImageFile, type ImageRecord, savesAlike, storedImage, withFailure, withFile, withoutFile } from './image-record';
import { changesBetween, type SessionImages } from './session-images';

/** Changes within this time are written together. Milliseconds. */
const TOGETHER_MS = 20;
/** Maximum number of documents written in one transaction: more would block the page. */
const MAX_BATCH = 1000;

export interface SaverParts {
  readonly images: SessionImages;
  /** Rejects with a DatabaseError if nothing can be saved. Called for each access, because a database may be lost, or become available later. */
  readonly database: () => Promise<SessionDatabase>;
  /** Id of the session, and its owner if the database has to check it. */
  readonly session: string;
  readonly owner: string | undefined;
  /** Called when saving begins to fail, or fails in a different way. */
  readonly onFailure: (notice: Notice) => void;
  /** Called when the failure last passed to `onFailure` is over. */
  readonly onRecovery: (notice: Notice) => void;
}

export interface Saver {
  /** The file of an image, saved or not. Rejects with a SourceError or a DatabaseError. */
  file(id: number): Promise<Blob>;
  /**
   * Writes the documents now, even while another write is in progress, and then continues with the files. Never rejects: the store's
   * `saving` reports failures.
   */
  flush(): Promise<void>;
  /** Retries what failed. */
  again(): Promise<void>;
  /**
   * The browser has closed the database, and may have emptied it, as when its user clears the data of all sites: everything that is still in
   * memory is saved again, and files that were lost are marked as missing. Never rejects.
   */
  recover(): Promise<void>;
  /** Tries to write everything unsaved, including files, and waits for it. Never rejects; atRisk tells whether anything is left. */
  settle(): Promise<void>;
  /** Whether closing the tab now would lose something: a flush is not enough, as with more documents than fit in one transaction. */
  readonly atRisk: boolean;
}

const isPending = ({ file }: ImageRecord) => file.kind === 'pending';

/** Whether a failure concerns more than one record, so that the next record would fail as well. */
const concernsAll = ({ code }: DatabaseError) => code === 'storage-blocked' || code === 'session-taken';

/**
 * Saves the images of a session as they change: the documents a moment after the last change and, alongside, the files one at a time.
 * Failed writes are retried with the next change (documents) or on request (files). A record that the database refuses does not hold up
 * the others.
 */
export function createSaver({ images, database, session, owner, onFailure, onRecovery }: SaverParts): Saver {
  /** Ids of the images whose documents, or whose files, the database refuses while it accepts others. Of the documents, with the reason. */
  const refused = new Map<number, 'record-refused' | 'storage-full'>();
  const refusedFiles = new Set<number>();
  const changed = new Set<number>();
  /** Number of changed documents being written, which are no longer in `changed`. */
  let underWay = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const writers = new Set<Promise<void>>();
  let copying: Promise<void> | undefined;
  /** The database was closed by the browser; whether it still has the files is not known yet. */
  let mayLackFiles = false;
  let failure: { readonly of: 'documents' | 'files'; readonly error: DatabaseError } | undefined;

  const nextFile = () =>
    images.closed ? undefined : images.state.images.find((record) => isPending(record) && !refusedFiles.has(record.id));

  /** The failure that keeps everything from being saved or, without one, a failure that names the images that were refused. */
  function failureNow(): DatabaseError | undefined {
    if (failure) return failure.error;
    const names = images.state.images.flatMap(({ id, name }) => (refused.has(id) || refusedFiles.has(id) ? name : []));
    const full = [...refused.values()].includes('storage-full');
    return names.length > 0 ? new DatabaseError(full ? 'storage-full' : 'record-refused', { images: names }) : undefined;
  }

  function tell(): void {
    const { saving } = images.state;
    const failed = failureNow();
    if (!failed) {
      const state = changed.size + underWay > 0 || nextFile() ? 'saving' : 'saved';
      if (saving.state !== state) images.set({ saving: { state } });
      if (saving.state === 'unsaved') onRecovery(saving.notice);
      return;
    }
    const notice: Notice = { ...report(failed), again };
    const isNew = saving.state !== 'unsaved' || saving.notice.sentence !== notice.sentence;
    images.set({ saving: { state: 'unsaved', notice } });
    if (isNew && !images.closed) onFailure(notice);
  }

  async function attempt(of: 'documents' | 'files', action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      failure = { of, error: databaseError(error) };
    }
    tell();
  }

  async function write(written: readonly ImageRecord[], removed: readonly number[]): Promise<void> {
    const to = await database();
    const { length: count } = images.state.images;
    await to.write({ id: session, saved: Date.now(), count, owner }, written.map(storedImage), removed);
  }

  /** Whether the database still accepts anything after it has refused something. */
  async function takesOthers(error: DatabaseError): Promise<boolean> {
    if (concernsAll(error)) return false;
    try {
      await write([], []); // on another connection, if a record that is too large has broken the last one
      return true;
    } catch {
      return false;
    }
  }

  /** Also while the session closes, when images.find() finds nothing. */
  const recordsNow = () => new Map(images.state.images.map((record) => [record.id, record]));

  /**
   * Writes the documents of these images together or, if that fails, those that the database accepts. As they are now: a later writer may have
   * overtaken this one, and what it wrote must not be replaced by something older. Rejects if it accepts nothing.
   */
  async function writeThose(ids: readonly number[]): Promise<void> {
    const there = recordsNow();
    const records = ids.flatMap((id) => there.get(id) ?? []);
    if (records.length === 0) return;
    try {
      await write(records, []);
      for (const { id } of records) refused.delete(id);
    } catch (error) {
      const cause = databaseError(error);
      if (!(await takesOthers(cause))) throw cause;
      const half = Math.ceil(ids.length / 2);
      const reason = cause.code === 'storage-full' ? cause.code : 'record-refused';
      if (ids.length === 1) for (const id of ids) refused.set(id, reason);
      else for (const part of [ids.slice(0, half), ids.slice(half)]) await writeThose(part);
    }
  }

  async function writeDocuments(): Promise<void> {
    while (changed.size > 0) {
      const ids = [...changed];
      changed.clear();
      const there = recordsNow();
      const kept = ids.filter((id) => there.has(id));
      const removed = ids.filter((id) => !there.has(id));
      for (const id of removed) for (const set of [refused, refusedFiles]) set.delete(id);
      let left = ids.length;
      const written = (count: number) => {
        left -= count;
        underWay -= count;
      };
      underWay += left;
      try {
        if (removed.length > 0) await write([], removed);
        written(removed.length);
        for (let from = 0; from < kept.length; from += MAX_BATCH) {
          const part = kept.slice(from, from + MAX_BATCH);
          await writeThose(part);
          written(part.length);
        }
      } catch (error) {
        for (const id of ids) changed.add(id);
        throw error;
      } finally {
        written(left);
      }
    }
    if (mayLackFiles) await findLostFiles();
    if (failure?.of === 'documents' || !nextFile()) failure = undefined;
  }

  async function findLostFiles(): Promise<void> {
    const saved = images.state.images.filter(({ file }) => file.kind === 'saved');
    const there = await (await database()).fileIds(session);
    mayLackFiles = false;
    for (const { id } of saved) if (!there.has(id)) images.update(id, withoutFile);
  }

  async function writeFile(id: number, file: Extract<ImageFile, { kind: 'pending' | 'unreadable' }>) {
    const read: unknown = await file.read().catch((error: unknown) => error);
    const blob = read instanceof Blob && (await isReadable(read)) ? read : undefined;
    const isSame = () => images.find(id)?.file === file; // otherwise it was removed or replaced meanwhile
    if (!isSame()) return;
    if (blob) {
      try {
        await (await database()).putFile(session, id, blob);
      } catch (error) {
        const cause = databaseError(error);
        if (cause.code === 'storage-full' || !(await takesOthers(cause))) throw cause;
        refusedFiles.add(id);
        return;
      }
      if (isSame()) images.update(id, (record) => withFile(record, { kind: 'saved' }));
    } else {
      const isAnother = read instanceof SourceError && read.code === 'other-size';
      const notice = report(isAnother ? read : new SourceError('unreadable'));
      images.update(id, (record) => withFailure(withFile(record, { ...file, kind: 'unreadable' }), notice));
    }
  }

  async function writeFiles(): Promise<void> {
    for (let next = nextFile(); next && !failure; next = nextFile()) {
      if (next.file.kind === 'pending') await writeFile(next.id, next.file);
    }
  }

  function copy(): void {
    if (copying || failure || !nextFile()) return;
    copying = attempt('files', writeFiles).finally(() => {
      copying = undefined;
      copy(); // picks up what was added at the last moment
    });
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // Does not wait for a write in progress: a page being left may be gone before it ends. The database preserves the order.
    if (changed.size > 0 || writers.size === 0) {
      const writer = attempt('documents', writeDocuments).finally(() => writers.delete(writer));
      writers.add(writer);
    }
    await Promise.all(writers);
    copy();
  }

  async function again(): Promise<void> {
    failure = undefined;
    for (const id of refused.keys()) changed.add(id);
    refusedFiles.clear();
    const { saving } = images.state;
    if (saving.state === 'unsaved') {
      images.set({ saving: { state: 'saving' } });
      onRecovery(saving.notice); // until it is known: the same failure is reported again
    }
    await flush();
  }

  async function recover(): Promise<void> {
    mayLackFiles = true;
    for (const { id } of images.state.images) changed.add(id);
    await flush();
  }

  images.subscribe((state, before) => {
    if (state.images === before.images) return;
    const changes = changesBetween(before.images, state.images);
    let files = false;
    for (const { record, before: old } of changes.changed) {
      if (!old || !savesAlike(old, record)) changed.add(record.id);
      if (!isPending(record) || record.file === old?.file) continue;
      refusedFiles.delete(record.id);
      files = true;
    }
    for (const id of changes.removed) changed.add(id);
    if (changed.size === 0 && !files) return;
    tell();
    timer ??= setTimeout(() => {
      timer = undefined;
      if (writers.size === 0) void flush(); // otherwise the writer in progress picks it up
    }, TOGETHER_MS);
  });

  return {
    file: async (id) => {
      const file = images.find(id)?.file;
      const blob = file && 'read' in file ? await file.read() : await (await database()).file(session, id);
      if (!blob) throw new SourceError('image-missing');
      return blob;
    },
    flush,
    again,
    recover,
    settle: async () => {
      await again();
      while (copying) {
        await copying;
        await flush();
      }
    },
    get atRisk() {
      return failureNow() !== undefined || nextFile() !== undefined || changed.size + underWay > MAX_BATCH;
    },
  };
}
