import type { AnnotatedImage } from '../../annotate/document';
import { imageOf, withChange, withWork } from './images';
import { type SessionState, type SessionStore, type Work, workOf } from './state';

/**
 * The images of one session in the store. After close() it finds nothing and changes nothing: the store may hold another session by then,
 * with images of the same ids.
 */
export interface Ledger {
  readonly state: SessionState;
  readonly closed: boolean;
  set(change: Partial<SessionState>): void;
  find(id: number | undefined): AnnotatedImage | undefined;
  /** Changes an image, and has it saved. */
  change(id: number, fields: Partial<AnnotatedImage>): void;
  setWork(id: number, work: Work): void;
  /** It waits for a draft, or is being drafted. */
  isUndrafted(id: number): boolean;
  close(): void;
}

/** save: is told of every image that is no longer as it was kept. */
export function createLedger(store: SessionStore, save: (id: number) => void): Ledger {
  let closed = false;

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
    set,
    find: (id) => (closed ? undefined : imageOf(store.getState(), id)),
    change: (id, fields) => {
      if (closed) return;
      set({ images: withChange(store.getState().images, id, fields) });
      save(id);
    },
    setWork: (id, work) => {
      if (closed) return;
      set({ work: withWork(store.getState(), id, work) });
      if (work.state === 'done') save(id);
    },
    isUndrafted: (id) => ['waiting', 'drafting'].includes(workOf(store.getState().work, id).state),
    close: () => {
      closed = true;
    },
  };
}
