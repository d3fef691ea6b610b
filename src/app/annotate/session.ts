import { type Finding, findingKey, keysOfImage } from '../../annotate/check';
import type { Verdict } from '../../annotate/document';
import { DRAFT_THRESHOLD, draftDocument } from '../../annotate/draft';
import { SourceError } from '../../source/error';
import type { Keeper, KeptImage } from '../../store/keeper';
import type { Engine } from '../engine';
import { report } from '../report';
import { sayOn } from '../screen';
import type { AppStore } from '../store';
import { count } from '../summary';
import { createDrafts } from './drafts';
import { FramePool } from './frames';
import { imageOf, type NewImage, withNewImages } from './images';
import type { TakenImage } from './import';
import { createLedger } from './ledger';
import { countsOf, neighbour } from './list';
import { createMiddle } from './middle';
import type { Ports } from './ports';
import { Saver } from './saver';
import type { ShowStore } from './show';
import { type Filter, isDrafted, NO_SESSION, type SessionStore, type Sort, type Work, workOf } from './state';
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
  const missing = new Set(kept.flatMap(({ image }) => (keptFiles.has(image.id) ? [] : image.id)));
  let nextId = Math.max(0, ...kept.map(({ image }) => image.id)) + 1;
  let down = false; // the engine stopped the drafts, not the user

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
      middle.propose(id, draftDocument(poses, frame, DRAFT_THRESHOLD));
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

  const middle = createMiddle({ ledger, frames, drafts, show: parts.show, say });

  function show(id: number): void {
    middle.show(id);
    void drafts.run(); // that image first
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

  function retry(id?: number): void {
    const { images, work } = ledger.state;
    const again = new Map(work);
    for (const image of images) {
      const before = workOf(work, image.id);
      if (before.state !== 'failed' || (id !== undefined && id !== image.id)) continue;
      again.set(image.id, { state: isDrafted(before) || image.document.subjects.length > 0 ? 'done' : 'waiting' });
      saver.retryFile(image.id);
    }
    ledger.set({ work: again });
    middle.again();
    void drafts.run();
  }

  function remove(id: number): void {
    const { images, work, current } = ledger.state;
    const after = neighbour(ledger.state, id, 1) ?? neighbour(ledger.state, id, -1);
    const name = ledger.find(id)?.name ?? '';
    saver.dropFile(id);
    middle.forget(id);
    const left = new Map(work);
    left.delete(id);
    ledger.set({ images: images.filter((image) => image.id !== id), work: left });
    saver.mark(id);
    if (current === id) {
      middle.clear();
      if (after !== undefined) show(after);
    }
    say(`${name} removed.`);
  }

  function add(given: readonly NewImage[]): void {
    const { images, current } = ledger.state;
    const returning = new Map(images.flatMap(({ id, name }) => (missing.has(id) || saver.isUnreadable(id) ? [[name, id]] : [])));
    const back = given.filter(({ name, document }) => !document && returning.has(name));
    const fresh = withNewImages(
      images,
      given.filter((one) => !back.includes(one)),
      nextId,
    );
    nextId += fresh.entries.length;
    const work = new Map(ledger.state.work);
    for (const { image, given } of fresh.entries) {
      work.set(image.id, { state: given.document ? 'done' : 'waiting' });
      saver.addFile(image.id, given.read);
    }
    for (const { name, read } of back) {
      const id = returning.get(name);
      if (id === undefined) continue;
      missing.delete(id);
      saver.addFile(id, read);
    }
    ledger.set({ phase: 'open', images: fresh.images, work });
    saver.mark(...fresh.entries.map(({ image }) => image.id));
    if (back.length > 0) retry();
    const first = fresh.entries[0]?.image.id;
    if (current === undefined && first !== undefined) show(first);
    void drafts.run();
  }

  function take(labels: readonly TakenImage[]): void {
    const byId = new Map(labels.flatMap((one) => (ledger.find(one.id) ? [[one.id, one]] : [])));
    const work = new Map(ledger.state.work);
    const others = new Set([...byId.keys()].flatMap((id) => keysOfImage(ledger.state.right, id))); // said of other people
    for (const id of byId.keys()) if (ledger.isUndrafted(id)) work.set(id, { state: 'done' });
    ledger.set({
      images: ledger.state.images.map((image) => ({ ...image, ...byId.get(image.id) })),
      work,
      right: new Set([...ledger.state.right].filter((key) => !others.has(key))),
    });
    saver.mark(...byId.keys());
    for (const [id, { document }] of byId) middle.take(id, document);
  }

  function setDrafting(drafting: boolean): void {
    ledger.set({ drafting });
    if (drafting) void drafts.run();
    else drafts.stop();
  }

  const stopListening = app.subscribe(({ engine: { state } }) => {
    if (!down || state !== 'ready') return;
    down = false;
    setDrafting(true);
  });

  ledger.set({
    ...NO_SESSION,
    phase: 'open',
    images: kept.map(({ image }) => image),
    right: new Set(kept.flatMap(({ right }) => right ?? [])),
    work: new Map(
      kept.map(({ image, drafted }): [number, Work] => [
        image.id,
        missing.has(image.id)
          ? { state: 'failed', notice: report(new SourceError('image-missing')), drafted }
          : { state: drafted || image.document.subjects.length > 0 ? 'done' : 'waiting' },
      ]),
    ),
  });

  return {
    add,
    show,
    step,
    take,
    acceptAndNext,
    remove,
    retry,
    file,
    setDrafting,
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
      stopListening();
      drafts.stop();
      middle.close();
      ledger.close();
      await saver.flush();
      store.setState({ ...NO_SESSION, offered: store.getState().offered });
    },
  };
}
