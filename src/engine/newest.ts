/**
 * Holds the newest of what comes until its turn comes. Whoever works on one item at a time and takes the next from here never has a
 * backlog: of what comes meanwhile, all but the newest is dropped.
 */
export class Newest<T> {
  private item: { readonly value: T } | undefined;
  private wake = () => {};

  /** Whether something waits. */
  get waiting(): boolean {
    return this.item !== undefined;
  }

  /** Returns whether another was dropped for it. */
  put(value: T): boolean {
    const dropped = this.waiting;
    this.item = { value };
    this.wake();
    return dropped;
  }

  /** Removes and returns the newest; undefined: nothing waits. */
  take(): T | undefined {
    const { item } = this;
    this.item = undefined;
    return item?.value;
  }

  /** Resolves to true once something waits, or to false once the signal is aborted. For one caller at a time. */
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
