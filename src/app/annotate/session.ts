import { type Finding, findingKey, keysOfImage } from '../../annotate/check';
import type { Verdict } from '../../annotate/document';
import type { Keeper, KeptImage } from '../../database/keeper';
import { SourceError } from '../../source/error';
import type { Engine } from '../shell/engine';
import { sayOn } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { createDrafting } from './drafting';
import { FramePool } from './frames';
import { imageOf, type NewImage } from './images';
import type { TakenImage } from './import';
import { stateOfKept } from './kept';
import { createLedger } from './ledger';
import { neighbour } from './list';
import { createMiddle } from './middle';
import type { Ports } from './ports';
import { createRoster } from './roster';
import { Saver } from './saver';
import type { ShowStore } from './show';
import { type Filter, isDrafted, NO_SESSION, type SessionStore, type Sort, workOf } from './state';
import { Thumbnails } from './thumbnails';

/** One open session. Nothing here throws but where it says so: failures end up with the image, or in the notice. */
export interface Session {
  /** Adds images behind those that are there; each is drafted in its turn. */
  add(images: readonly NewImage[]): void;
  /** Brings an image into the middle. */
  show(id: number): void;
  /** The image before (-1) or after (1) the one in the middle, in the list as it is filtered and sorted. */
  step(by: 1 | -1): void;
  /** Takes imported labels in place of those that the images have. */
  take(labels: readonly TakenImage[]): void;
  judge(id: number, verdict: Verdict): void;
  acceptAndNext(): void;
  remove(id: number): void;
  /** The label check need not show this one again. */
  approve(finding: Finding): void;
  list(change: { filter?: Filter; sort?: Sort }): void;
  /** Tries again the images that failed: one, or all. */
  retry(id?: number): void;
  setDrafting(drafting: boolean): void;
  thumbnail(signal: AbortSignal, id: number): Promise<Blob | undefined>;
  /** The file of an image. Rejects with a SourceError or a StoreError. */
  file(id: number): Promise<Blob>;
  /** Tries again to save what could not be saved. */
  saveAgain(): Promise<void>;
  /** Writes all documents now. */
  flush(): Promise<void>;
  /** Closing the tab now would lose something. */
  readonly atRisk: boolean;
  /** Saves all that can be saved, and waits for it. */
  settle(): Promise<void>;
  /** Ends it: nothing that is still on its way changes the store, or anything else, after this was called. */
  close(): Promise<void>;
}

export interface SessionParts {
  readonly store: SessionStore;
  readonly app: AppStore;
  readonly engine: Engine;
  readonly ports: Ports;
  /** Where the session is kept; asked anew each time, for a database may be lost, or be there later. */
  readonly keeper: () => Promise<Keeper>;
  readonly id: string;
  /** Of a session that is gone on with. */
  readonly kept: readonly KeptImage[];
  readonly keptFiles: ReadonlySet<number>;
  readonly show: ShowStore;
}

export function createSession(parts: SessionParts): Session {
  const { store, app, engine, ports, keeper, id: session, kept, keptFiles } = parts;
  const say = (message: string) => sayOn(app, 'annotate', message);
  const ledger = createLedger(store, (id) => saver.mark(id));

  async function file(id: number): Promise<Blob> {
    const blob = (await saver.pendingFile(id)) ?? (await (await keeper()).file(session, id));
    if (!blob) throw new SourceError('image-missing');
    return blob;
  }

  const saver = new Saver({
    keeper,
    session,
    read: (id) => {
      const { work, right } = ledger.state;
      const image = imageOf(ledger.state, id); // also while it closes: what is not there is forgotten
      return image && { image, drafted: isDrafted(workOf(work, id)), right: keysOfImage(right, id) };
    },
    count: () => ledger.state.images.length,
    onChange: (saving) => {
      if (ledger.closed) return;
      const before = ledger.state.saving;
      ledger.set({ saving });
      if (saving.state === 'unsaved' && before.state !== 'unsaved') app.setState({ notice: saving.notice });
    },
    onUnreadable: (id) => ledger.fail(id, new SourceError('unreadable')),
  });

  const frames = new FramePool(async (signal, id) => {
    const frame = await ports.decodeImage(signal, await file(id)); // without its name: what fails is shown beside it
    const { width, height } = frame;
    const image = ledger.find(id);
    // an import may have measured another one
    if (image && (image.size?.width !== width || image.size.height !== height)) ledger.change(id, { size: { width, height } });
    return frame;
  });

  const thumbnails = new Thumbnails({
    kept: async (id) => (await keeper()).thumbnail(session, id),
    make: (id) => frames.use(id, ({ bitmap }) => ports.makeThumbnail(bitmap)),
    keep: (id, thumbnail) => {
      if (!ledger.find(id)) return; // it is deleted, or may be
      keeper()
        .then((kept) => kept.putThumbnail(session, id, thumbnail))
        .catch(() => undefined); // it can be made again
    },
  });

  const drafting = createDrafting({ app, engine, ledger, frames, propose: (...draft) => middle.propose(...draft), say });
  const middle = createMiddle({ ledger, frames, look: drafting.look, show: parts.show, say });

  function show(id: number): void {
    middle.show(id);
    void drafting.run(); // that image first
  }

  function step(by: 1 | -1): void {
    const next = neighbour(ledger.state, ledger.state.current, by);
    if (next === undefined) say(by > 0 ? 'That was the last image of the list.' : 'That is the first image of the list.');
    else show(next);
  }

  function acceptAndNext(): void {
    const { current } = ledger.state;
    if (current === undefined) return;
    if (ledger.isUndrafted(current)) {
      say('It is not drafted yet: wait for the draft, or label it by hand, then accept it.');
      return;
    }
    if (ledger.find(current)?.size === undefined) {
      say('That image could not be opened, so there is nothing to accept. Remove it, or add its file again.');
      return;
    }
    const next = neighbour(ledger.state, current, 1);
    ledger.change(current, { verdict: 'accepted' });
    if (next === undefined) say('Accepted. That was the last image of the list.');
    else show(next);
  }

  const { state, missing, nextId } = stateOfKept(kept, keptFiles);
  ledger.set(state);
  const roster = createRoster({ ledger, saver, middle, missing, nextId, run: () => void drafting.run(), show, say });

  return {
    ...roster,
    show,
    step,
    acceptAndNext,
    file,
    setDrafting: drafting.set,
    judge: (id, verdict) => ledger.change(id, { verdict }),
    approve: (finding) => {
      ledger.set({ right: new Set(ledger.state.right).add(findingKey(finding)) });
      saver.mark(finding.image);
    },
    list: (by) => {
      ledger.set(by);
      middle.keepNear();
    },
    thumbnail: (signal, id) => thumbnails.get(signal, id),
    saveAgain: () => saver.again(),
    flush: () => saver.flush(),
    get atRisk() {
      return saver.atRisk;
    },
    settle: () => saver.settle(),
    close: async () => {
      drafting.close();
      middle.close();
      ledger.close();
      await saver.flush();
      store.setState({ ...NO_SESSION, offered: store.getState().offered });
    },
  };
}
