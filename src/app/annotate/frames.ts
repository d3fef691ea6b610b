import type { Frame } from '../../engine/protocol';

interface Entry {
  readonly frame: Promise<Frame>;
  readonly stop: AbortController;
  users: number;
}

/**
 * The decoded images of a session. Only those that are kept (the current one and the next) and those in use stay in memory; every other
 * bitmap is closed.
 */
export class FramePool {
  private readonly decode: (signal: AbortSignal, id: number) => Promise<Frame>;
  private readonly entries = new Map<number, Entry>();
  private kept: ReadonlySet<number> = new Set();

  constructor(decode: (signal: AbortSignal, id: number) => Promise<Frame>) {
    this.decode = decode;
  }

  /** Calls the action with the decoded image, which is held until the action has ended. Rejects as decoding or the action does. */
  async use<T>(id: number, action: (frame: Frame) => Promise<T> | T): Promise<T> {
    const entry = this.entry(id);
    entry.users += 1;
    try {
      return await action(await entry.frame);
    } finally {
      entry.users -= 1;
      this.release(id, entry);
    }
  }

  /** Sets which images stay in memory once decoded; all others are released when no longer in use. */
  keep(...ids: readonly number[]): void {
    this.kept = new Set(ids);
    for (const [id, entry] of this.entries) this.release(id, entry);
  }

  private entry(id: number): Entry {
    const known = this.entries.get(id);
    if (known) return known;
    const stop = new AbortController();
    const entry: Entry = { frame: this.decode(stop.signal, id), stop, users: 0 };
    this.entries.set(id, entry);
    entry.frame.catch(() => this.forget(id, entry)); // reported to whoever uses it; the next attempt decodes again
    return entry;
  }

  private release(id: number, entry: Entry): void {
    if (entry.users > 0 || this.kept.has(id)) return;
    this.forget(id, entry);
    entry.stop.abort();
    // deferred: a pending paint may still draw it
    entry.frame.then(({ bitmap }) => setTimeout(() => bitmap.close())).catch(() => undefined);
  }

  private forget(id: number, entry: Entry): void {
    if (this.entries.get(id) === entry) this.entries.delete(id);
  }
}
