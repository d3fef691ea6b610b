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
  /** Changes one record, if it is there. */
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
