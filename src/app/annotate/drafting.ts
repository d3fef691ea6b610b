import { DRAFT_THRESHOLD, draftDocument } from '../../annotate/draft';
import { EngineError } from '../../engine/error';
import { report } from '../shell/report';
import type { AppStore } from '../shell/store';
import type { FramePool } from './frames';
import {
  awaitsDraft,
  draftStarted,
  draftStopped,
  type ImageRecord,
  isDrafting,
  isQueued,
  withDraft,
  withFailure,
} from './image-record';
import type { Infer } from './inference';
import { countsOf } from './list';
import type { SessionImages } from './session-images';

/** Drafts the images of one session. */
export interface Drafting {
  /** Resumes or stops drafting; on a stop, an image whose draft is in flight is queued again. */
  set(on: boolean): void;
  close(): void;
}

export interface DraftingParts {
  readonly app: AppStore;
  readonly images: SessionImages;
  readonly frames: FramePool;
  readonly infer: Infer;
  /** Calls the action immediately or, if a gesture is in progress on the image, once it has ended: it may still become an edit. */
  readonly whenIdle: (id: number, action: () => void) => void;
  say(message: string): void;
}

const isEngineDown = (app: AppStore) => ['failed', 'unsupported'].includes(app.getState().engine.state);

/** Waits until the camera is off: its frames take priority, and each draft between them would be visible as a pause. */
function cameraOff(app: AppStore, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const off = () => !app.getState().streaming;
    if (off()) return resolve();
    const stop = app.subscribe(() => {
      if (!off()) return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', () => {
      stop();
      reject(signal.reason);
    });
  });
}

/**
 * Drafts all queued images, one at a time, the current one first. If the engine goes down, drafting stops until the engine is ready again.
 */
export function createDrafting({ app, images, frames, infer, whenIdle, say }: DraftingParts): Drafting {
  let run: AbortController | undefined;
  let down = false; // drafting was stopped by the engine, not by the user

  function next(): ImageRecord | undefined {
    const { images: all, current, drafting } = images.state;
    if (!drafting || images.closed) return undefined;
    const shown = images.find(current);
    return shown && isQueued(shown) ? shown : all.find(isQueued);
  }

  async function draft(id: number, signal: AbortSignal): Promise<void> {
    images.update(id, draftStarted);
    try {
      await frames.use(id, async (frame) => {
        await cameraOff(app, signal);
        const { people } = await infer(signal, { frame, regions: 'everybody-and-doubtful', maps: 'none' });
        const document = draftDocument(people, frame, DRAFT_THRESHOLD);
        await new Promise<void>((resolve) =>
          whenIdle(id, () => {
            if (!signal.aborted) images.update(id, (record) => withDraft(record, document));
            resolve();
          }),
        );
      });
    } catch (error) {
      if (signal.aborted) return; // it is queued again, or is already being drafted again
      console.info('posecade:', error);
      if (error instanceof EngineError && isEngineDown(app)) {
        images.update(id, draftStopped);
        down = true;
        images.set({ drafting: false });
      } else images.update(id, (record) => (awaitsDraft(record) ? withFailure(record, report(error)) : record)); // else labels arrived meanwhile
    }
  }

  function sayDone(): void {
    const { failed, waiting } = countsOf(images.state.images);
    if (waiting > 0) return; // the engine went down
    say(failed > 0 ? `All images are drafted except ${failed} that failed.` : 'All images are drafted.');
  }

  async function work(signal: AbortSignal): Promise<void> {
    await Promise.resolve(); // lets the change that queued an image complete first
    let drafted = 0;
    for (let record = next(); record && !signal.aborted; record = next()) {
      await draft(record.id, signal);
      drafted += 1;
    }
    if (drafted > 0 && !signal.aborted) sayDone();
  }

  function start(): void {
    if (run || !next()) return;
    const mine = new AbortController();
    run = mine;
    void work(mine.signal).finally(() => {
      if (run !== mine) return;
      run = undefined;
      start(); // picks up what was queued at the last moment
    });
  }

  function stop(): void {
    run?.abort();
    run = undefined;
    for (const { id } of images.state.images.filter(isDrafting)) images.update(id, draftStopped);
  }

  function set(drafting: boolean): void {
    images.set({ drafting });
    if (!drafting) stop();
  }

  images.subscribe(start);
  const stopListening = app.subscribe(({ engine: { state } }) => {
    if (!down || state !== 'ready') return;
    down = false;
    set(true);
  });

  return {
    set,
    close: () => {
      stopListening();
      stop();
    },
  };
}
