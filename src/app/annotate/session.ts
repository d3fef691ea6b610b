import { type Finding, findingKey } from '../../annotate/check';
import type { SessionDatabase, StoredImage } from '../../database/session-database';
import { SourceError } from '../../source/error';
import type { Engine } from '../shell/engine';
import { revive } from '../shell/retry';
import { sayOn } from '../shell/screen';
import type { AppStore } from '../shell/store';
import { createCurrentImage } from './current-image';
import { createDrafting } from './drafting';
import { FramePool } from './frames';
import {
  awaitsDraft,
  documentOf,
  draftWanted,
  type ImageRecord,
  recordOfStored,
  retried,
  verdictOf,
  withApproval,
  withImport,
  withSize,
  withVerdict,
} from './image-record';
import type { ImportedLabels } from './import';
import { createInference } from './inference';
import { neighbour } from './list';
import { type NewImage, type ReadReturned, withNewImages, withReturnedFiles } from './new-images';
import type { Ports } from './ports';
import { createSaver } from './saver';
import { createSessionImages } from './session-images';
import type { ShowStore } from './show';
import { type Filter, NO_SESSION, type SessionStore, type Sort } from './state';
import { createThumbnails } from './thumbnails';

/** One open session. Nothing here throws unless stated: failures are recorded on the image or shown in the notice. */
export interface Session {
  /** Appends images to the existing ones; each is drafted in turn. Returns how many had to be renamed. */
  add(images: readonly NewImage[]): number;
  /** Gives images, by their ids, the files that they had lost, and retries everything that failed. */
  returnFiles(files: ReadonlyMap<number, Pick<NewImage, 'read'>>): void;
  /** Makes an image the current one. */
  show(id: number): void;
  /** Shows the image before (-1) or after (1) the current one in the filtered and sorted list. */
  step(by: 1 | -1): void;
  /** Replaces the labels of images with imported ones, and flags others by their ids, unless they were accepted. */
  importLabels(labels: readonly ImportedLabels[], flagged: readonly number[]): void;
  /** Flags an image, or removes its flag. */
  flag(id: number, flagged: boolean): void;
  acceptAndNext(): void;
  /** Queues an image in which nobody is labelled for a draft. */
  draft(id: number): void;
  remove(id: number): void;
  /** Approves a finding: the label check does not show it again. */
  approve(finding: Finding): void;
  list(change: { filter?: Filter; sort?: Sort }): void;
  /** Retries the images that failed: one, or all. */
  retry(id?: number): void;
  setDrafting(drafting: boolean): void;
  thumbnail(signal: AbortSignal, id: number): Promise<Blob | undefined>;
  /** The file of an image. Rejects with a SourceError or a DatabaseError. */
  file(id: number): Promise<Blob>;
  /** Retries saving what could not be saved. */
  saveAgain(): Promise<void>;
  /** Saves everything again, after the browser has closed the database. */
  recover(): Promise<void>;
  /** Writes all documents now. */
  flush(): Promise<void>;
  /** Whether closing the tab now would lose something. */
  readonly atRisk: boolean;
  /** Saves everything that can be saved, and waits until it is. */
  settle(): Promise<void>;
  /** Ends the session: once this is called, nothing still in flight changes the store, or anything else. */
  close(): Promise<void>;
}

export interface SessionParts {
  readonly store: SessionStore;
  readonly app: AppStore;
  readonly engine: Engine;
  readonly ports: Ports;
  /** Called for each access, because a database may be lost, or become available later. */
  readonly database: () => Promise<SessionDatabase>;
  readonly id: string;
  /** Owner of the tab's claim, if only the database can enforce it. */
  readonly owner: string | undefined;
  /** Of a resumed session: its images, and the ids of those whose files were saved. */
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
  // An image that was removed while its file was being saved may have left it behind: another image of that id would show it.
  const usedIds = [...stored.map(({ image }) => image.id), ...storedFiles];
  let nextId = usedIds.reduce((highest, id) => Math.max(highest, id), 0) + 1;

  const images = createSessionImages(store);
  const saver = createSaver({
    images,
    database,
    session,
    owner,
    onFailure: (notice) => app.setState({ notice }),
    onRecovery: ({ sentence }) => app.getState().notice?.sentence === sentence && app.setState({ notice: undefined }),
  });
  const frames = new FramePool(async (signal, id) => {
    const frame = await ports.decodeImage(signal, await saver.file(id)); // without its name: failures are shown next to it
    images.update(id, (record) => withSize(record, frame));
    return frame;
  });
  const thumbnails = createThumbnails({ images, frames, database, session, makeThumbnail: ports.makeThumbnail });
  const infer = createInference(engine);
  const current = createCurrentImage({ images, frames, infer, show: shown, revive: () => revive(app, engine) });
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
      say(
        images.state.drafting
          ? 'This image has no draft yet. Wait for the draft or label it by hand, then accept it.'
          : 'This image has no draft yet, and drafting is paused. Press “Resume”, or label it by hand.',
      );
      return;
    }
    if (!images.state.opened && record.status.kind !== 'failed') {
      say('The image is still opening.');
      return;
    }
    if (record.size === undefined) {
      say('This image could not be opened, so there is nothing to accept. Remove it, or add its file again.');
      return;
    }
    if (images.state.opened?.editor.isDrafting) {
      say('The joints of a person in this image are still being found. Accept it once they are there.');
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

  /** Labels are for one image size, which a returned file must have. One that cannot be measured cannot be opened either. */
  const readReturned: ReadReturned = (record, read) => async () => {
    const blob = await read();
    const { size } = record;
    if (!size || documentOf(record).subjects.length === 0) return blob;
    const now = await ports.measureImage(new AbortController().signal, blob).catch(() => size);
    if (now.width !== size.width || now.height !== size.height) throw new SourceError('other-size');
    return blob;
  };

  function add(given: readonly NewImage[]): number {
    const { images: all, added, renamed } = withNewImages(images.state.images, given, nextId);
    nextId += added.length;
    images.set({ images: all });
    if (images.state.current === undefined && added[0]) current.show(added[0].id);
    return renamed;
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
    returnFiles: (files) => {
      if (files.size === 0) return;
      images.set({ images: withReturnedFiles(images.state.images, files, readReturned) });
      current.again();
    },
    step,
    acceptAndNext,
    retry,
    remove,
    show: current.show,
    importLabels: (labels, flagged) => {
      const toFlag = new Set(flagged);
      const byId = new Map(labels.map((one) => [one.id, one]));
      const relabel = (record: ImageRecord) => {
        const imported = byId.get(record.id);
        if (imported) return withImport(record, imported);
        return toFlag.has(record.id) && verdictOf(record) === 'open' ? withVerdict(record, 'flagged') : record;
      };
      images.set({ images: images.state.images.map(relabel) });
    },
    flag: (id, flagged) => {
      images.update(id, (record) => withVerdict(record, flagged ? 'flagged' : 'open'));
      say(flagged ? 'Flagged.' : 'Flag removed.');
    },
    draft: (id) => {
      images.update(id, draftWanted);
      say(images.state.drafting ? 'Drafting this image…' : 'Drafting is paused. Press “Resume” to draft this image.');
    },
    approve: (finding) => images.update(finding.image, (record) => withApproval(record, findingKey(finding))),
    list: (by) => {
      images.set(by);
      current.keepNear();
    },
    setDrafting: (on) => {
      if (on) revive(app, engine);
      drafting.set(on);
    },
    thumbnail: thumbnails.get,
    file: saver.file,
    saveAgain: saver.again,
    recover: saver.recover,
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
