import type { AnnotatedImage } from '../../annotate/document';
import { report } from '../shell/report';
import { imageOf, withChange, withWork } from './images';
import { isDrafted, type SessionState, type SessionStore, type Work, workOf } from './state';

type Pending = Exclude<Work, { readonly state: 'failed' }>;

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
  setWork(id: number, work: Pending): void;
  /** Its file could not be opened or kept, or the network failed on it. */
  fail(id: number, error: unknown): void;
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

  function put(id: number, work: Work): void {
    if (closed) return;
    set({ work: withWork(store.getState(), id, work) });
    if (work.state === 'done') save(id);
  }

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
    setWork: put,
    fail: (id, error) => {
      const drafted = isDrafted(workOf(store.getState().work, id));
      put(id, { state: 'failed', notice: report(error), drafted });
    },
    isUndrafted: (id) => ['waiting', 'drafting'].includes(workOf(store.getState().work, id).state),
    close: () => {
      closed = true;
    },
  };
}
