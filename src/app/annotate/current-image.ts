import { isResting } from '../../annotate/gesture-state';
import { EngineError } from '../../engine/error';
import type { Frame } from '../../engine/protocol';
import { report } from '../shell/report';
import { createEditor, type Editor } from './editor';
import type { FramePool } from './frames';
import { documentOf, type ImageRecord, verdictOf, withEdit, withFailure, withVerdict } from './image-record';
import type { Infer } from './inference';
import { neighbour } from './list';
import { changesBetween, type SessionImages } from './session-images';
import type { ShowStore } from './show';

/** The image on screen, and the editors of all images shown so far: an image that was left may still have a person being drafted. */
export interface CurrentImage {
  /** Makes an image the current one. */
  show(id: number): void;
  /** Opens the current image again if that failed before. */
  again(): void;
  /** Leaves no image current. */
  clear(): void;
  /** Keeps the current image and the next one in the list decoded. */
  keepNear(): void;
  /** Calls the action immediately or, if a gesture is in progress on the image, once it has ended. */
  whenIdle(id: number, action: () => void): void;
  close(): void;
}

export interface CurrentImageParts {
  readonly images: SessionImages;
  readonly frames: FramePool;
  readonly infer: Infer;
  readonly show: ShowStore;
  /** Restarts the engine if it is down. */
  readonly revive: () => void;
}

export function createCurrentImage({ images, frames, infer, show, revive }: CurrentImageParts): CurrentImage {
  const editors = new Map<number, Editor>();

  images.subscribe((state, before) => {
    if (state.images === before.images) return;
    const { changed, removed } = changesBetween(before.images, state.images);
    for (const { record } of changed) editors.get(record.id)?.follow();
    for (const id of removed) {
      editors.get(id)?.dispose();
      editors.delete(id);
    }
  });

  function keepNear(): void {
    const { current } = images.state;
    const next = images.find(neighbour(images.state, current, 1));
    frames.keep(...[current, next?.id].filter((id) => id !== undefined));
    if (next && next.status.kind !== 'failed') {
      frames.use(next.id, () => undefined).catch(() => undefined); // reported when it is shown
    }
  }

  function editorFor(record: ImageRecord, { width, height }: Frame): Editor {
    const { id } = record;
    const known = editors.get(id);
    if (known) {
      known.setShown(true);
      return known;
    }
    const editor = createEditor({
      labels: {
        get: () => (images.find(id) ?? record).history,
        set: (history) => images.update(id, (now) => withEdit(now, history)),
        onDraft: () => {
          revive();
          images.update(id, (now) => (verdictOf(now) === 'accepted' ? withVerdict(now, 'open') : now));
        },
      },
      size: { width, height },
      show,
      infer: async (signal, roi) => {
        const regions = [{ roi, refine: false }];
        const { people } = await frames.use(id, (frame) => infer(signal, { frame, regions, maps: 'all' }));
        if (!people[0]) throw new EngineError({ code: 'estimate-failed', detail: 'no result for the box' });
        return people[0];
      },
      previous: () => {
        const { images: all } = images.state; // in the order given: frames of a video follow each other there, whatever the list shows
        const before = all[all.findIndex((record) => record.id === id) - 1];
        return before && documentOf(before);
      },
    });
    editors.set(id, editor);
    return editor;
  }

  async function open(id: number): Promise<void> {
    try {
      await frames.use(id, (frame) => {
        const { current, opened } = images.state;
        const record = images.find(id);
        if (record && current === id && !opened) images.set({ opened: { id, frame, editor: editorFor(record, frame) } });
      });
      if (!images.closed && images.state.current === id) keepNear();
    } catch (error) {
      if (images.closed || images.state.current !== id) return;
      console.info('posecade:', error);
      images.update(id, (record) => withFailure(record, report(error)));
    }
  }

  function put(current: number | undefined): void {
    images.state.opened?.editor.setShown(false);
    images.set({ current, opened: undefined });
    frames.keep(...(current === undefined ? [] : [current]));
  }

  return {
    show: (id) => {
      if (id === images.state.current || !images.find(id)) return;
      put(id);
      void open(id);
    },
    again: () => {
      const { current, opened } = images.state;
      if (current !== undefined && !opened) void open(current);
    },
    clear: () => put(undefined),
    keepNear,
    whenIdle: (id, action) => {
      const store = editors.get(id)?.store;
      if (!store || isResting(store.getState().gesture)) return action();
      const stop = store.subscribe(({ gesture }) => {
        if (!isResting(gesture)) return;
        stop();
        action();
      });
    },
    close: () => {
      put(undefined);
      for (const editor of editors.values()) editor.dispose();
    },
  };
}
