import { EngineError } from '../../engine/error';
import type { EstimateRequest, EstimateResult, Frame } from '../../engine/protocol';
import type { Engine } from '../shell/engine';
import type { AppStore } from '../shell/store';

export interface DraftParts {
  readonly app: AppStore;
  readonly engine: Engine;
  /** The image to draft next; undefined if there is none. */
  next(): number | undefined;
  /** Runs the action on the decoded image; rejects as decoding does. */
  use<T>(id: number, action: (frame: Frame) => Promise<T>): Promise<T>;
  /** Takes what was found. */
  take(id: number, frame: Frame, result: EstimateResult): void;
  setState(id: number, state: 'waiting' | 'drafting'): void;
  fail(id: number, error: unknown): void;
  /** The engine is down for good: nothing can be drafted until it runs again. */
  onDown(): void;
  onDone(): void;
}

type DraftRequest = Omit<EstimateRequest, 'flipTest' | 'transfer'>;

export interface Drafts {
  /** Drafts whatever waits, one image after the other, unless it is at it already. */
  run(): Promise<void>;
  /** Gives up the draft under way; its image waits again. */
  stop(): void;
  /** One look at an image, between two drafts. Rejects as the engine does, or with the signal's reason. */
  look(signal: AbortSignal, request: DraftRequest): Promise<EstimateResult>;
}

const isDown = (app: AppStore) => ['failed', 'unsupported'].includes(app.getState().engine.state);

/** The camera's frames come first: each draft between them would be seen as a pause. */
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

export function createDrafts(parts: DraftParts): Drafts {
  const { app, engine } = parts;
  let run = new AbortController();
  let running: Promise<void> | undefined;
  let drafting: number | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(signal: AbortSignal, request: DraftRequest): Promise<EstimateResult> {
    const client = await engine.client();
    signal.throwIfAborted();
    // not transferred: the engine looks at it again by itself if it loses its device meanwhile
    // mirrored as well: a joint that is right need not be dragged, and nobody waits for the next frame
    return client.estimate(signal, { ...request, flipTest: true, transfer: false });
  }

  function look(signal: AbortSignal, request: DraftRequest): Promise<EstimateResult> {
    const answer = last.then(() => ask(signal, request));
    last = answer.catch(() => undefined);
    return answer;
  }

  async function draft(id: number, signal: AbortSignal): Promise<void> {
    parts.setState(id, 'drafting');
    drafting = id;
    try {
      await parts.use(id, async (frame) => {
        await cameraOff(app, signal);
        const result = await look(signal, { frame, regions: 'search', maps: 'none' });
        if (!signal.aborted) parts.take(id, frame, result);
      });
    } catch (error) {
      if (signal.aborted) return; // it waits again, or is drafted anew by now
      console.info('posecade:', error);
      if (error instanceof EngineError && isDown(app)) {
        parts.setState(id, 'waiting');
        parts.onDown();
      } else parts.fail(id, error);
    }
    if (!signal.aborted) drafting = undefined;
  }

  async function work(signal: AbortSignal): Promise<void> {
    let drafted = 0;
    for (let id = parts.next(); id !== undefined && !signal.aborted; id = parts.next()) {
      await draft(id, signal);
      drafted += 1;
    }
    if (drafted > 0 && !signal.aborted) parts.onDone();
  }

  function start(): Promise<void> {
    const mine = work(run.signal).finally(() => {
      if (running !== mine) return;
      running = parts.next() === undefined ? undefined : start(); // one that came at the last moment
    });
    return mine;
  }

  return {
    look,
    run: () => {
      running ??= start();
      return running;
    },
    stop: () => {
      run.abort();
      run = new AbortController();
      running = undefined;
      if (drafting !== undefined) parts.setState(drafting, 'waiting');
      drafting = undefined;
    },
  };
}
