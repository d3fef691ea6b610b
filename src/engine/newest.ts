/** Delay before a frame that could not be processed is tried again if no other may follow it, as in a paused video. Milliseconds. */
export const AGAIN_MS = 200;

/**
 * Holds the newest item until it is taken. A consumer that works on one item at a time and takes the next from here never has a backlog: of
 * the items that arrive in the meantime, all but the newest are dropped.
 */
export class Newest<T> {
  private item: { readonly value: T } | undefined;
  private wake = () => {};

  /** Whether an item is waiting. */
  get waiting(): boolean {
    return this.item !== undefined;
  }

  /** Returns whether an older item was dropped for it. */
  put(value: T): boolean {
    const dropped = this.waiting;
    this.item = { value };
    this.wake();
    return dropped;
  }

  /** Removes and returns the newest item; undefined: none is waiting. */
  take(): T | undefined {
    const { item } = this;
    this.item = undefined;
    return item?.value;
  }

  /** Resolves to true once an item is waiting, or to false once the signal is aborted. For one caller at a time. */
  async arrival(signal: AbortSignal): Promise<boolean> {
    if (!this.waiting && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal.addEventListener('abort', this.wake);
      });
      signal.removeEventListener('abort', this.wake);
    }
    return !signal.aborted;
  }
}
