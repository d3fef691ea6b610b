import type { ImageRecord } from './image-record';
import { imageOf, type SessionState, type SessionStore } from './state';

/**
 * The image records of one session in the store. After close() nothing is found, changed or reported: the store may hold another session
 * by then, with images of the same ids.
 */
export interface SessionImages {
  readonly state: SessionState;
  readonly closed: boolean;
  find(id: number | undefined): ImageRecord | undefined;
  /** Changes one record, if it exists. */
  update(id: number, change: (record: ImageRecord) => ImageRecord): void;
  set(change: Partial<SessionState>): void;
  /** Until close(). */
  subscribe(listener: (state: SessionState, before: SessionState) => void): void;
  close(): void;
}

export function createSessionImages(store: SessionStore): SessionImages {
  let closed = false;
  const stops: (() => void)[] = [];

  const set = (change: Partial<SessionState>) => {
    if (!closed) store.setState(change);
  };

  return {
    get state() {
      return store.getState();
    },
    get closed() {
      return closed;
    },
    find: (id) => (closed ? undefined : imageOf(store.getState(), id)),
    update: (id, change) => {
      const { images } = store.getState();
      const at = images.findIndex((record) => record.id === id);
      const before = images[at];
      const after = before && change(before);
      if (after && after !== before) set({ images: images.with(at, after) });
    },
    set,
    subscribe: (listener) => {
      if (!closed) stops.push(store.subscribe(listener));
    },
    close: () => {
      closed = true;
      for (const stop of stops) stop();
    },
  };
}

export interface ImageChanges {
  /** Records that are new or have changed. before: the previous record, if there was one. */
  readonly changed: readonly { readonly record: ImageRecord; readonly before: ImageRecord | undefined }[];
  /** Ids of removed records. */
  readonly removed: readonly number[];
}

/** The differences between two states of the list. Equal records at either end, usually all but one, cost only a comparison. */
export function changesBetween(before: readonly ImageRecord[], after: readonly ImageRecord[]): ImageChanges {
  const shorter = Math.min(before.length, after.length);
  let [head, tail] = [0, 0];
  while (head < shorter && before[head] === after[head]) head += 1;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const were = new Map(before.slice(head, before.length - tail).map((record) => [record.id, record]));
  const changed = after.slice(head, after.length - tail).flatMap((record) => {
    const old = were.get(record.id);
    were.delete(record.id);
    return record === old ? [] : [{ record, before: old }];
  });
  return { changed, removed: [...were.keys()] };
}
