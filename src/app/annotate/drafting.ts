import { DRAFT_THRESHOLD, draftDocument } from '../../annotate/draft';
import type { Engine } from '../shell/engine';
import type { AppStore } from '../shell/store';
import { count } from '../shell/summary';
import { createDrafts, type Drafts } from './drafts';
import type { FramePool } from './frames';
import type { Ledger } from './ledger';
import { countsOf } from './list';
import type { Middle } from './middle';
import { workOf } from './state';

/** The drafts of one session. */
export interface Drafting extends Pick<Drafts, 'look' | 'run'> {
  /** Goes on with the drafts, or stops them. */
  set(on: boolean): void;
  close(): void;
}

export interface DraftingParts {
  readonly app: AppStore;
  readonly engine: Engine;
  readonly ledger: Ledger;
  readonly frames: FramePool;
  readonly propose: Middle['propose'];
  say(message: string): void;
}

/** Which image is drafted next and what becomes of its draft; an engine that goes down stops the drafts, and goes on with them once it is up. */
export function createDrafting({ app, engine, ledger, frames, propose, say }: DraftingParts): Drafting {
  let down = false; // the engine stopped the drafts, not the user

  const drafts = createDrafts({
    app,
    engine,
    next: () => {
      const { images, work, current, drafting } = ledger.state;
      const waits = (id: number) => workOf(work, id).state === 'waiting';
      if (!drafting) return undefined;
      return current !== undefined && waits(current) ? current : images.find(({ id }) => waits(id))?.id;
    },
    use: (id, action) => frames.use(id, action),
    take: (id, frame, { people }) => {
      if (workOf(ledger.state.work, id).state !== 'drafting') return; // labels came meanwhile
      const poses = people.map(({ pose }) => pose);
      propose(id, draftDocument(poses, frame, DRAFT_THRESHOLD));
      ledger.setWork(id, { state: 'done' });
    },
    // how a draft ended is of no account where labels came meanwhile
    setState: (id, state) => {
      if (ledger.isUndrafted(id)) ledger.setWork(id, { state });
    },
    fail: (id, error) => {
      if (ledger.isUndrafted(id)) ledger.fail(id, error);
    },
    onDown: () => {
      down = true;
      ledger.set({ drafting: false });
    },
    onDone: () => {
      const { failed, waiting } = countsOf(ledger.state);
      if (waiting > 0) return; // the engine went down
      say(failed > 0 ? `All done but ${count(failed, 'image')}, which could not be drafted.` : 'All images are drafted.');
    },
  });

  function set(drafting: boolean): void {
    ledger.set({ drafting });
    if (drafting) void drafts.run();
    else drafts.stop();
  }

  const stopListening = app.subscribe(({ engine: { state } }) => {
    if (!down || state !== 'ready') return;
    down = false;
    set(true);
  });

  return {
    look: drafts.look,
    run: drafts.run,
    set,
    close: () => {
      stopListening();
      drafts.stop();
    },
  };
}
