import { type Finding, findingKey } from '../../annotate/check';
import type { AnnotatedImage, ImageDocument, Verdict } from '../../annotate/document';
import { DRAFT_THRESHOLD, draftDocument } from '../../annotate/draft';
import type { ImportedImage } from '../../annotate/formats/problem';
import { isResting } from '../../annotate/gesture-state';
import { EngineError } from '../../engine/error';
import type { EstimateResult, Frame } from '../../engine/protocol';
import { SourceError } from '../../source/error';
import type { Keeper, KeptImage } from '../../store/keeper';
import type { Engine } from '../engine';
import { report } from '../report';
import type { AppStore } from '../store';
import { count } from '../summary';
import { createDrafts } from './drafts';
import { createEditor, type Editor } from './editor';
import { FramePool } from './frames';
import { imageOf, type NewImage, withChange, withNewImages, withWork } from './images';
import { neighbour } from './list';
import type { Ports } from './ports';
import { Saver } from './saver';
import type { ShowStore } from './show';
import { type Filter, NO_SESSION, type SessionState, type SessionStore, type Sort, type Work, workOf } from './state';
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
  take(labels: readonly ImportedImage[]): void;
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

const FAILED = (error: unknown): Work => ({ state: 'failed', notice: report(error) });

export function createSession(parts: SessionParts): Session {
  const { store, app, engine, ports, keeper, id: session, kept, keptFiles } = parts;
  const missing = new Set(kept.flatMap(({ image }) => (keptFiles.has(image.id) ? [] : image.id)));
  const editors = new Map<number, Editor>(); // of the images that were shown; each keeps its steps, and may still draft somebody
  let nextId = Math.max(0, ...kept.map(({ image }) => image.id)) + 1;
  let down = false; // the engine stopped the drafts, not the user

  let closed = false; // the store may hold another session by now, with images of the same ids

  const set = (change: Partial<SessionState>) => {
    if (!closed) store.setState(change);
  };
  const say = (message: string) => app.setState({ message });
  const find = (id: number | undefined) => (closed ? undefined : imageOf(store.getState(), id));

  function change(id: number, fields: Partial<AnnotatedImage>): void {
    if (closed) return;
    set({ images: withChange(store.getState().images, id, fields) });
    saver.mark(id);
  }

  function setWork(id: number, work: Work): void {
    if (closed) return;
    set({ work: withWork(store.getState(), id, work) });
    if (work.state === 'done') saver.mark(id);
  }

  function isUndrafted(id: number): boolean {
    return ['waiting', 'drafting'].includes(workOf(store.getState().work, id).state);
  }

  async function file(id: number): Promise<Blob> {
    const blob = (await saver.pendingFile(id)) ?? (await (await keeper()).file(session, id));
    if (!blob) throw new SourceError('image-missing');
    return blob;
  }

  const saver = new Saver({
    keeper,
    session,
    read: (id) => {
      const { work } = store.getState();
      const image = imageOf(store.getState(), id); // also while it closes: what is not there is forgotten
      return image && { image, drafted: workOf(work, id).state === 'done' };
    },
    count: () => store.getState().images.length,
    onChange: (saving) => {
      if (closed) return;
      const before = store.getState().saving;
      set({ saving });
      if (saving.state === 'unsaved' && before.state !== 'unsaved') app.setState({ notice: saving.notice });
    },
  });

  const frames = new FramePool(async (signal, id) => {
    const frame = await ports.decodeImage(signal, await file(id)); // without its name: what fails is shown beside it
    const { width, height } = frame;
    const { size } = find(id) ?? {};
    // an import may have measured another one
    if (find(id) && (size?.width !== width || size.height !== height)) change(id, { size: { width, height } });
    return frame;
  });

  const thumbnails = new Thumbnails({
    kept: async (id) => (await keeper()).thumbnail(session, id),
    make: (id) => frames.use(id, ({ bitmap }) => ports.makeThumbnail(bitmap)),
    keep: (id, thumbnail) => {
      if (closed) return; // it may be deleted by now
      keeper()
        .then((kept) => kept.putThumbnail(session, id, thumbnail))
        .catch(() => undefined); // it can be made again
    },
  });

  const drafts = createDrafts({
    app,
    engine,
    next: () => {
      const { images, work, current, drafting } = store.getState();
      const waits = (id: number) => workOf(work, id).state === 'waiting';
      if (!drafting) return undefined;
      return current !== undefined && waits(current) ? current : images.find(({ id }) => waits(id))?.id;
    },
    use: (id, action) => frames.use(id, action),
    take: takeDraft,
    setWork: (id, next) => {
      // how a draft ended is of no account where labels came meanwhile
      if (next.state === 'drafting' || isUndrafted(id)) setWork(id, next);
    },
    onDown: () => {
      down = true;
      set({ drafting: false });
    },
    onDone: () => {
      if (app.getState().screen !== 'annotate') return;
      const failed = [...store.getState().work.values()].filter(({ state }) => state === 'failed').length;
      say(failed > 0 ? `All done but ${count(failed, 'image')}, which could not be drafted.` : 'All images are drafted.');
    },
  });

  /** Puts a draft where no hand has been; a gesture under way may still become an edit, so it is waited for. */
  function propose(id: number, document: ImageDocument): void {
    const image = find(id);
    const editor = editors.get(id);
    if (!image || image.edited || image.verdict === 'accepted' || image.document.subjects.length > 0) return;
    if (editor && !isResting(editor.store.getState().gesture)) {
      const stop = editor.store.subscribe(({ gesture }) => {
        if (!isResting(gesture)) return;
        stop();
        propose(id, document);
      });
      return;
    }
    change(id, { document });
    editor?.take(document);
  }

  function takeDraft(id: number, frame: Frame, { people }: EstimateResult): void {
    if (workOf(store.getState().work, id).state !== 'drafting') return; // labels came meanwhile
    const poses = people.map(({ pose }) => pose);
    propose(id, draftDocument(poses, frame, DRAFT_THRESHOLD));
    setWork(id, { state: 'done' });
  }

  /** The one in the middle and the one after it stay decoded. */
  function keepNear(): void {
    const { current } = store.getState();
    const next = neighbour(store.getState(), current, 1);
    frames.keep(...[current, next].filter((id) => id !== undefined));
    if (next !== undefined && workOf(store.getState().work, next).state !== 'failed') {
      frames.use(next, () => undefined).catch(() => undefined); // told of when it is shown
    }
  }

  function edit(id: number, document: ImageDocument): void {
    change(id, { document, edited: true });
    if (isUndrafted(id)) setWork(id, { state: 'done' });
  }

  /** What a late draft put into an image that was left is not what was accepted there. */
  function reopen(id: number): void {
    const image = find(id);
    if (store.getState().opened?.id === id || image?.verdict !== 'accepted') return;
    change(id, { verdict: 'open' });
    say(`Somebody in ${image.name} was drafted after you had accepted it: it is to be looked at again.`);
  }

  function editorFor({ id, document }: AnnotatedImage, { width, height }: Frame): Editor {
    const known = editors.get(id);
    if (known) {
      known.setShown(true);
      return known;
    }
    const editor = createEditor(
      document,
      { width, height },
      {
        look: async (signal, roi) => {
          const regions = [{ roi, refine: false }];
          const { people } = await frames.use(id, (pixels) => drafts.look(signal, { frame: pixels, regions, maps: 'all' }));
          if (!people[0]) throw new EngineError({ code: 'estimate-failed', detail: 'nothing came back for the box' });
          return people[0];
        },
        previous: () => find(neighbour(store.getState(), id, -1))?.document,
        threshold: DRAFT_THRESHOLD,
        show: parts.show,
        onChange: (changed) => {
          edit(id, changed);
          reopen(id);
        },
      },
    );
    editors.set(id, editor);
    return editor;
  }

  async function open(id: number): Promise<void> {
    try {
      await frames.use(id, (frame) => {
        const { current, opened } = store.getState();
        const image = find(id);
        if (image && current === id && !opened) set({ opened: { id, frame, editor: editorFor(image, frame) } });
      });
      if (!closed && store.getState().current === id) keepNear();
    } catch (error) {
      if (closed || store.getState().current !== id) return;
      console.info('posecade:', error);
      setWork(id, FAILED(error));
    }
  }

  /** Empties the middle; the image's editor stays for the next visit. */
  function put(current: number | undefined): void {
    store.getState().opened?.editor.setShown(false);
    set({ current, opened: undefined });
    frames.keep(...(current === undefined ? [] : [current]));
  }

  function show(id: number): void {
    if (id === store.getState().current || !find(id)) return;
    put(id);
    void open(id);
    void drafts.run();
  }

  function step(by: 1 | -1): void {
    const next = neighbour(store.getState(), store.getState().current, by);
    if (next === undefined) say(by > 0 ? 'That was the last image of the list.' : 'That is the first image of the list.');
    else show(next);
  }

  function retry(id?: number): void {
    const { images, work } = store.getState();
    const again = new Map(work);
    for (const image of images) {
      if (workOf(work, image.id).state !== 'failed' || (id !== undefined && id !== image.id)) continue;
      again.set(image.id, { state: image.document.subjects.length > 0 ? 'done' : 'waiting' });
    }
    const { current, opened } = store.getState();
    set({ work: again });
    if (current !== undefined && !opened) void open(current);
    void drafts.run();
  }

  function remove(id: number): void {
    const after = neighbour(store.getState(), id, 1) ?? neighbour(store.getState(), id, -1);
    const name = find(id)?.name ?? '';
    saver.dropFile(id);
    editors.get(id)?.dispose();
    editors.delete(id);
    const { images, work } = store.getState();
    const left = new Map(work);
    left.delete(id);
    set({ images: images.filter((image) => image.id !== id), work: left });
    saver.mark(id);
    if (store.getState().current === id) {
      put(undefined);
      if (after !== undefined) show(after);
    }
    say(`${name} removed.`);
  }

  function add(given: readonly NewImage[]): void {
    const { images } = store.getState();
    const returning = new Map(images.flatMap((image) => (missing.has(image.id) ? [[image.name, image.id]] : [])));
    const back = given.filter(({ name, document }) => !document && returning.has(name));
    const fresh = withNewImages(
      images,
      given.filter((one) => !back.includes(one)),
      nextId,
    );
    nextId += fresh.entries.length;
    const work = new Map(store.getState().work);
    for (const {
      image,
      given: { read, document },
    } of fresh.entries) {
      work.set(image.id, { state: document ? 'done' : 'waiting' });
      saver.addFile(image.id, read);
    }
    for (const { name, read } of back) {
      const id = returning.get(name);
      if (id === undefined) continue;
      missing.delete(id);
      saver.addFile(id, read);
    }
    set({ phase: 'open', images: fresh.images, work });
    saver.mark(...fresh.entries.map(({ image }) => image.id));
    if (back.length > 0) retry();
    const first = fresh.entries[0]?.image.id;
    if (store.getState().current === undefined && first !== undefined) show(first);
    void drafts.run();
  }

  const stopListening = app.subscribe(({ engine: { state } }) => {
    if (!down || state !== 'ready') return;
    down = false;
    setDrafting(true);
  });

  function setDrafting(drafting: boolean): void {
    set({ drafting });
    if (drafting) void drafts.run();
    else drafts.stop();
  }

  set({
    ...NO_SESSION,
    phase: 'open',
    images: kept.map(({ image }) => image),
    work: new Map(
      kept.map(({ image, drafted }): [number, Work] => [
        image.id,
        missing.has(image.id)
          ? FAILED(new SourceError('image-missing'))
          : { state: drafted || image.document.subjects.length > 0 ? 'done' : 'waiting' },
      ]),
    ),
  });

  return {
    add,
    show,
    step,
    remove,
    retry,
    file,
    setDrafting,
    take: (labels) => {
      const byId = new Map(labels.flatMap((one) => (find(one.id) ? [[one.id, one]] : [])));
      const work = new Map(store.getState().work);
      for (const id of byId.keys()) if (isUndrafted(id)) work.set(id, { state: 'done' });
      set({ images: store.getState().images.map((image) => ({ ...image, ...byId.get(image.id) })), work });
      saver.mark(...byId.keys());
      for (const [id, { document }] of byId) editors.get(id)?.take(document);
    },
    approve: (finding) => set({ right: new Set(store.getState().right).add(findingKey(finding)) }),
    judge: (id, verdict) => change(id, { verdict }),
    acceptAndNext: () => {
      const { current } = store.getState();
      if (current === undefined) return;
      if (isUndrafted(current)) return say('It is not drafted yet: wait for the draft, or label it by hand, then accept it.');
      const next = neighbour(store.getState(), current, 1);
      change(current, { verdict: 'accepted' });
      if (next === undefined) say('Accepted. That was the last image of the list.');
      else show(next);
    },
    list: (by) => {
      set(by);
      keepNear();
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
      put(undefined);
      for (const editor of editors.values()) editor.dispose();
      closed = true;
      await saver.flush();
      store.setState({ ...NO_SESSION, offered: store.getState().offered });
    },
  };
}
