import type { AnnotatedImage, ImageDocument, Subject, Verdict } from '../../annotate/document';
import { draftDocument, draftSubject } from '../../annotate/draft';
import type { ImportedImage } from '../../annotate/formats/problem';
import type { EstimateResult, Frame, MapDetail } from '../../engine/protocol';
import { type Box, roiFromBox } from '../../pose/roi';
import type { Roi } from '../../pose/space';
import { SourceError } from '../../source/error';
import type { Keeper, KeptImage } from '../../store/keeper';
import type { Engine } from '../engine';
import { report } from '../report';
import type { AppStore } from '../store';
import { count } from '../summary';
import { createDrafts } from './drafts';
import { FramePool } from './frames';
import { imageOf, type NewImage, withChange, withNewImages, withWork } from './images';
import { neighbour } from './list';
import type { Ports } from './ports';
import { Saver } from './saver';
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
  /** Takes what a hand has made of an image. */
  edit(id: number, document: ImageDocument): void;
  /** Takes imported labels in place of those that the images have. */
  take(labels: readonly ImportedImage[]): void;
  judge(id: number, verdict: Verdict): void;
  acceptAndNext(): void;
  remove(id: number): void;
  list(change: { filter?: Filter; sort?: Sort }): void;
  /** Tries again the images that failed: one, or all. */
  retry(id?: number): void;
  setDrafting(drafting: boolean): void;
  /** The person in a box, for the editor to add; undefined if the image is not there. Rejects as the engine does. */
  personIn(signal: AbortSignal, id: number, box: Box): Promise<Omit<Subject, 'id'> | undefined>;
  /** One look at the square of an image, with its maps. Rejects as decoding and the engine do. */
  look(signal: AbortSignal, id: number, roi: Roi, maps: MapDetail): Promise<EstimateResult>;
  /** The document of the image before the one in the middle. */
  previousDocument(): ImageDocument | undefined;
  thumbnail(signal: AbortSignal, id: number): Promise<Blob | undefined>;
  /** The file of an image. Rejects with a SourceError or a StoreError. */
  file(id: number): Promise<Blob>;
  /** Tries again to save what could not be saved. */
  saveAgain(): Promise<void>;
  /** Writes all documents now. */
  flush(): Promise<void>;
  /** Closing the tab now would lose something. */
  readonly atRisk: boolean;
  close(): Promise<void>;
}

export interface SessionParts {
  readonly store: SessionStore;
  readonly app: AppStore;
  readonly engine: Engine;
  readonly ports: Ports;
  readonly keeper: Promise<Keeper>;
  readonly id: string;
  /** Of a session that is gone on with. */
  readonly kept: readonly KeptImage[];
  readonly keptFiles: ReadonlySet<number>;
}

const FAILED = (error: unknown): Work => ({ state: 'failed', notice: report(error) });

export function createSession({ store, app, engine, ports, keeper, id: session, kept, keptFiles }: SessionParts): Session {
  const missing = new Set(kept.flatMap(({ image }) => (keptFiles.has(image.id) ? [] : image.id)));
  let nextId = Math.max(0, ...kept.map(({ image }) => image.id)) + 1;
  let down = false; // the engine stopped the drafts, not the user

  const set = (change: Partial<SessionState>) => store.setState(change);
  const say = (message: string) => app.setState({ message, notice: undefined });
  const find = (id: number | undefined) => imageOf(store.getState(), id);

  function change(id: number, fields: Partial<AnnotatedImage>): void {
    set({ images: withChange(store.getState().images, id, fields) });
    saver.mark(id);
  }

  function setWork(id: number, work: Work): void {
    set({ work: withWork(store.getState(), id, work) });
    if (work.state === 'done') saver.mark(id);
  }

  async function file(id: number): Promise<Blob> {
    const name = find(id)?.name;
    const blob = (await saver.pendingFile(id)) ?? (await (await keeper).file(session, id));
    if (!blob) throw new SourceError('image-missing', name);
    return blob;
  }

  const saver = new Saver({
    keeper,
    session,
    read: (id) => {
      const { work } = store.getState();
      const image = find(id);
      return image && { image, drafted: workOf(work, id).state === 'done' };
    },
    count: () => store.getState().images.length,
    onChange: (saving) => {
      const before = store.getState().saving;
      set({ saving });
      if (saving.state === 'unsaved' && before.state !== 'unsaved') app.setState({ notice: saving.notice });
    },
  });

  const frames = new FramePool(async (signal, id) => {
    const frame = await ports.decodeImage(signal, await file(id), find(id)?.name);
    const { width, height } = frame;
    if (find(id) && !find(id)?.size) change(id, { size: { width, height } });
    return frame;
  });

  const thumbnails = new Thumbnails({
    kept: async (id) => (await keeper).thumbnail(session, id),
    make: (id) => frames.use(id, ({ bitmap }) => ports.makeThumbnail(bitmap)),
    keep: (id, thumbnail) => {
      keeper.then((kept) => kept.putThumbnail(session, id, thumbnail)).catch(() => undefined); // it can be made again
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
    setWork,
    onDown: () => {
      down = true;
      set({ drafting: false });
    },
    onDone: () => {
      const failed = [...store.getState().work.values()].filter(({ state }) => state === 'failed').length;
      say(failed > 0 ? `All done but ${count(failed, 'image')}, which could not be drafted.` : 'All images are drafted.');
    },
  });

  function takeDraft(id: number, frame: Frame, { people }: EstimateResult): void {
    const image = find(id);
    if (!image) return;
    if (!image.edited && image.document.subjects.length === 0) {
      const poses = people.map(({ pose }) => pose);
      change(id, { document: draftDocument(poses, frame, app.getState().threshold) });
    }
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

  async function open(id: number): Promise<void> {
    try {
      await frames.use(id, (frame) => {
        if (store.getState().current !== id) return;
        set({ opened: { id, frame } });
      });
      if (store.getState().current === id) keepNear();
    } catch (error) {
      if (store.getState().current !== id) return;
      console.info('posecade:', error);
      setWork(id, FAILED(error));
    }
  }

  function show(id: number): void {
    if (id === store.getState().current || !find(id)) return;
    set({ current: id, opened: undefined });
    frames.keep(id);
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
    const { current } = store.getState();
    const after = neighbour(store.getState(), id, 1) ?? neighbour(store.getState(), id, -1);
    const name = find(id)?.name ?? '';
    saver.dropFile(id);
    const { images, work } = store.getState();
    const left = new Map(work);
    left.delete(id);
    set({ images: images.filter((image) => image.id !== id), work: left });
    saver.mark(id);
    if (current === id) {
      set({ current: undefined, opened: undefined });
      frames.keep();
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

  async function look(signal: AbortSignal, id: number, roi: Roi, maps: MapDetail): Promise<EstimateResult> {
    return frames.use(id, (frame) => drafts.look(signal, { frame, regions: [{ roi, refine: false }], maps }));
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
    look,
    file,
    setDrafting,
    edit: (id, document) => {
      change(id, { document, edited: true });
      if (workOf(store.getState().work, id).state === 'waiting') setWork(id, { state: 'done' });
    },
    take: (labels) => {
      const byId = new Map(labels.map((one) => [one.id, one]));
      const work = new Map(store.getState().work);
      for (const id of byId.keys()) if (workOf(work, id).state === 'waiting') work.set(id, { state: 'done' });
      set({ images: store.getState().images.map((image) => ({ ...image, ...byId.get(image.id) })), work });
      saver.mark(...byId.keys());
    },
    judge: (id, verdict) => change(id, { verdict }),
    acceptAndNext: () => {
      const { current } = store.getState();
      if (current === undefined) return;
      const next = neighbour(store.getState(), current, 1);
      change(current, { verdict: 'accepted' });
      if (next === undefined) say('Accepted. That was the last image of the list.');
      else show(next);
    },
    list: (by) => {
      set(by);
      keepNear();
    },
    personIn: async (signal, id, box) => {
      const { people } = await look(signal, id, roiFromBox(box), 'none');
      const size = find(id)?.size;
      const pose = people[0]?.pose;
      return size && pose && draftSubject(pose, size, app.getState().threshold, box);
    },
    previousDocument: () => find(neighbour(store.getState(), store.getState().current, -1))?.document,
    thumbnail: (signal, id) => thumbnails.get(signal, id),
    saveAgain: () => saver.again(),
    flush: () => saver.flush(),
    get atRisk() {
      return saver.atRisk;
    },
    close: async () => {
      stopListening();
      drafts.stop();
      await saver.flush();
      frames.keep();
      set({ ...NO_SESSION, offered: store.getState().offered });
    },
  };
}
