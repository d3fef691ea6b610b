import { type StoreError, storeError } from '../../database/error';
import type { Keeper, KeptImage } from '../../database/keeper';
import { report } from '../shell/report';
import type { Saving } from './state';

/** Changes of one moment are written together. Milliseconds. */
const TOGETHER_MS = 20;

export interface SaverParts {
  /** Rejects with a StoreError where nothing can be kept; another time it may be another one. */
  readonly keeper: () => Promise<Keeper>;
  readonly session: string;
  /** The image as it is now; undefined once it was removed. */
  readonly read: (id: number) => KeptImage | undefined;
  readonly count: () => number;
  readonly onChange: (saving: Saving) => void;
  /** The file of an image could not be read when it was to be kept. */
  readonly onUnreadable: (id: number) => void;
}

/**
 * Writes what has changed, behind the user's back: documents a moment after the last change, and the files one at a time beside it. What
 * could not be written stays here; documents are tried again with the next change, files when asked to.
 */
export class Saver {
  private readonly parts: SaverParts;
  private readonly changed = new Set<number>();
  private readonly files = new Map<number, () => Promise<Blob>>();
  private readonly unreadable = new Map<number, () => Promise<Blob>>(); // files that could not be read when they were to be kept
  private timer: ReturnType<typeof setTimeout> | undefined;
  private documents: Promise<void> | undefined;
  private copying: Promise<void> | undefined;
  private failure: StoreError | undefined;

  constructor(parts: SaverParts) {
    this.parts = parts;
  }

  /** An image has changed, was added or removed. */
  mark(...ids: readonly number[]): void {
    for (const id of ids) this.changed.add(id);
    this.tell();
    this.timer ??= setTimeout(() => void this.flush(), TOGETHER_MS);
  }

  /** A file that came with an image; it is let go once it is kept. */
  addFile(id: number, read: () => Promise<Blob>): void {
    this.unreadable.delete(id);
    this.files.set(id, read);
  }

  /** The file as it was given, as long as it is not kept. */
  pendingFile(id: number): Promise<Blob> | undefined {
    return (this.files.get(id) ?? this.unreadable.get(id))?.();
  }

  /** Its file could not be read when it was to be kept. */
  isUnreadable(id: number): boolean {
    return this.unreadable.has(id);
  }

  /** Tries again to keep a file that could not be read. */
  retryFile(id: number): void {
    const read = this.unreadable.get(id);
    if (!read) return;
    this.addFile(id, read);
    this.mark();
  }

  dropFile(id: number): void {
    this.files.delete(id);
    this.unreadable.delete(id);
  }

  /** Writes the documents now, and then goes on with the files. Never rejects: onChange tells of failures. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.documents ??= this.attempt((keeper) => this.writeDocuments(keeper)).finally(() => {
      this.documents = undefined;
    });
    await this.documents;
    this.copy();
  }

  /** Tries again what failed. */
  async again(): Promise<void> {
    this.failure = undefined;
    await this.flush();
  }

  /** Tries to write all that is not kept, the files as well, and waits for it. Never rejects; atRisk tells whether something is left. */
  async settle(): Promise<void> {
    await this.again();
    while (this.copying) {
      await this.copying;
      await this.flush();
    }
  }

  /** Closing the tab now would lose something: a flush is not enough. */
  get atRisk(): boolean {
    return this.failure !== undefined || this.files.size > 0;
  }

  private copy(): void {
    if (this.copying || this.failure || this.files.size === 0) return;
    this.copying = this.attempt((keeper) => this.writeFiles(keeper)).finally(() => {
      this.copying = undefined;
      this.copy(); // what was added at the last moment
    });
  }

  private async attempt(action: (keeper: Keeper) => Promise<void>): Promise<void> {
    try {
      await action(await this.parts.keeper());
    } catch (error) {
      this.failure = storeError(error);
    }
    this.tell();
  }

  private async writeDocuments(keeper: Keeper): Promise<void> {
    while (this.changed.size > 0) {
      const ids = [...this.changed];
      this.changed.clear();
      const images = ids.map((id) => [id, this.parts.read(id)] as const);
      const session = { id: this.parts.session, saved: Date.now(), count: this.parts.count() };
      try {
        await keeper.write(
          session,
          images.flatMap(([, kept]) => kept ?? []),
          images.flatMap(([id, kept]) => (kept ? [] : id)),
        );
      } catch (error) {
        for (const id of ids) this.changed.add(id);
        throw error;
      }
    }
    if (this.files.size === 0) this.failure = undefined;
  }

  private async writeFiles(keeper: Keeper): Promise<void> {
    for (let next = this.nextFile(); next && !this.failure; next = this.nextFile()) {
      const [id, read] = next;
      const file = await read().catch(() => undefined);
      const readable = await file
        ?.slice(0, 1)
        .arrayBuffer()
        .catch(() => undefined);
      if (this.files.get(id) !== read) continue; // removed, or given anew, meanwhile
      if (file && readable) await keeper.putFile(this.parts.session, id, file);
      else {
        this.unreadable.set(id, read);
        this.parts.onUnreadable(id);
      }
      this.files.delete(id);
    }
  }

  private nextFile() {
    return this.files.entries().next().value;
  }

  private tell(): void {
    const { failure } = this;
    this.parts.onChange(
      failure
        ? { state: 'unsaved', notice: { ...report(failure), again: () => this.again() } }
        : { state: this.changed.size > 0 || this.files.size > 0 ? 'saving' : 'saved' },
    );
  }
}
