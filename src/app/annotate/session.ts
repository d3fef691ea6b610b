import { type Finding, findingKey } from '../../annotate/check';
import type { Verdict } from '../../annotate/document';
import type { SessionDatabase, StoredImage } from '../../database/session-database';
import type { Engine } from '../shell/engine';
import { sayOn } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { createCurrentImage } from './current-image';
import { createDrafting } from './drafting';
import { FramePool } from './frames';
import {
  awaitsDraft,
  type ImageRecord,
  recordOfStored,
  retried,
  withApproval,
  withImport,
  withSize,
  withVerdict,
} from './image-record';
import type { ImportedLabels } from './import';
import { createInference } from './inference';
import { neighbour } from './list';
import { type NewImage, withNewImages } from './new-images';
import type { Ports } from './ports';
import { createSaver } from './saver';
import { createSessionImages } from './session-images';
import type { ShowStore } from './show';
import { type Filter, NO_SESSION, type SessionStore, type Sort } from './state';
import { createThumbnails } from './thumbnails';

/** One open session. Nothing here throws but where it says so: failures end up with the image, or in the notice. */
export interface Session {
  /** Adds images behind those that are there; each is drafted in its turn. */
  add(images: readonly NewImage[]): void;
  /** Makes an image the current one. */
  show(id: number): void;
  /** The image before (-1) or after (1) the current one, in the list as it is filtered and sorted. */
  step(by: 1 | -1): void;
  /** Replaces the labels that images have by imported ones. */
  importLabels(labels: readonly ImportedLabels[]): void;
  judge(id: number, verdict: Verdict): void;
  acceptAndNext(): void;
  remove(id: number): void;
  /** The label check need not show this finding again. */
  approve(finding: Finding): void;
  list(change: { filter?: Filter; sort?: Sort }): void;
  /** Tries again the images that failed: one, or all. */
  retry(id?: number): void;
  setDrafting(drafting: boolean): void;
  thumbnail(signal: AbortSignal, id: number): Promise<Blob | undefined>;
  /** The file of an image. Rejects with a SourceError or a DatabaseError. */
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
  /** Called each time, because a database may be lost, or appear later. */
  readonly database: () => Promise<SessionDatabase>;
  readonly id: string;
  /** Of the tab's claim, where only the database can hold it. */
  readonly owner: string | undefined;
  /** Of a session that is resumed: its images, and the ids of those whose files were saved. */
  readonly stored: readonly StoredImage[];
  readonly storedFiles: ReadonlySet<number>;
  readonly show: ShowStore;
}

export function createSession(parts: SessionParts): Session {
  const { store, app, engine, ports, database, id: session, owner, stored, storedFiles, show: shown } = parts;
  const say = (message: string) => sayOn(app, 'annotate', message);

  store.setState({
    ...NO_SESSION,
    phase: 'open',
    images: stored.map((one) => recordOfStored(one, storedFiles.has(one.image.id))),
  });
  let nextId = stored.reduce((highest, { image }) => Math.max(highest, image.id), 0) + 1;

  const images = createSessionImages(store);
  const saver = createSaver({ images, database, session, owner, onFailure: (notice) => app.setState({ notice }) });
  const frames = new FramePool(async (signal, id) => {
    const frame = await ports.decodeImage(signal, await saver.file(id)); // without its name: what fails is shown beside it
    images.update(id, (record) => withSize(record, frame));
    return frame;
  });
  const thumbnails = createThumbnails({ images, frames, database, session, makeThumbnail: ports.makeThumbnail });
  const infer = createInference(engine);
  const current = createCurrentImage({ images, frames, infer, show: shown, say });
  const drafting = createDrafting({ app, images, frames, infer, whenIdle: current.whenIdle, say });

  function step(by: 1 | -1): void {
    const next = neighbour(images.state, images.state.current, by);
    if (next === undefined) say(by > 0 ? 'This is the last image in the list.' : 'This is the first image in the list.');
    else current.show(next);
  }

  function acceptAndNext(): void {
    const record = images.find(images.state.current);
    if (!record) return;
    if (awaitsDraft(record)) {
      say('This image has no draft yet. Wait for the draft or label it by hand, then accept it.');
      return;
    }
    if (record.size === undefined) {
      say('This image could not be opened, so there is nothing to accept. Remove it, or add its file again.');
      return;
    }
    const next = neighbour(images.state, record.id, 1);
    images.update(record.id, (now) => withVerdict(now, 'accepted'));
    if (next === undefined) say('Accepted. This was the last image in the list.');
    else current.show(next);
  }

  function retry(id?: number): void {
    images.set({
      images: images.state.images.map((record) => (id === undefined || id === record.id ? retried(record) : record)),
    });
    current.again();
  }

  function add(given: readonly NewImage[]): void {
    const { images: all, added, filesReturned } = withNewImages(images.state.images, given, nextId);
    nextId += added.length;
    images.set({ images: all });
    if (filesReturned) current.again();
    if (images.state.current === undefined && added[0]) current.show(added[0].id);
  }

  function remove(id: number): void {
    const { state } = images;
    const after = neighbour(state, id, 1) ?? neighbour(state, id, -1);
    const name = images.find(id)?.name ?? '';
    images.set({ images: state.images.filter((record) => record.id !== id) });
    if (state.current === id) {
      current.clear();
      if (after !== undefined) current.show(after);
    }
    say(`${name} removed.`);
  }

  return {
    add,
    step,
    acceptAndNext,
    retry,
    remove,
    show: current.show,
    importLabels: (labels) => {
      const byId = new Map(labels.map((one) => [one.id, one]));
      const relabel = (record: ImageRecord) => {
        const imported = byId.get(record.id);
        return imported ? withImport(record, imported) : record;
      };
      images.set({ images: images.state.images.map(relabel) });
    },
    judge: (id, verdict) => images.update(id, (record) => withVerdict(record, verdict)),
    approve: (finding) => images.update(finding.image, (record) => withApproval(record, findingKey(finding))),
    list: (by) => {
      images.set(by);
      current.keepNear();
    },
    setDrafting: drafting.set,
    thumbnail: thumbnails.get,
    file: saver.file,
    saveAgain: saver.again,
    flush: saver.flush,
    get atRisk() {
      return saver.atRisk;
    },
    settle: saver.settle,
    close: async () => {
      drafting.close();
      current.close();
      images.close();
      await saver.flush();
      const { offered, keeps } = store.getState();
      store.setState({ ...NO_SESSION, offered, keeps });
    },
  };
}
