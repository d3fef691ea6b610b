import type { Status } from '../engine/protocol';
import { createPoseEstimator } from './create';
import type { PoseEstimator, PoseEstimatorOptions } from './pose-estimator';

/** The options that determine which engine is used. */
export type EngineChoice = Pick<PoseEstimatorOptions, 'backend' | 'modelUrl' | 'detectorUrl'>;

interface Shared {
  readonly estimator: Promise<PoseEstimator>;
  /** Aborts the start. */
  readonly starting: AbortController;
  readonly listeners: Set<(status: Status) => void>;
  status: Status | undefined;
}

const running = new Map<string, Shared>();

/** One holder's share of an engine. */
export interface Lease {
  /** Rejects with an EngineError; with an AbortError if it is given back before it has started. */
  readonly estimator: Promise<PoseEstimator>;
  /** Gives the engine back; the last release disposes it, or stops its start. */
  release(): void;
}

/** onFailed: called when the engine is down for good. */
function start(choice: EngineChoice, onFailed: () => void): Shared {
  const listeners = new Set<(status: Status) => void>();
  const starting = new AbortController();
  const onStatus = (status: Status) => {
    shared.status = status;
    if ('failure' in status) onFailed();
    for (const listener of listeners) listener(status);
  };
  const estimator = new Promise<PoseEstimator>((resolve, reject) => {
    // Deferred, so that `shared` exists when the first status arrives.
    queueMicrotask(() => createPoseEstimator({ ...choice, onStatus, signal: starting.signal }).then(resolve, reject));
  });
  const shared: Shared = { estimator, starting, listeners, status: undefined };
  return shared;
}

/**
 * The page's engine for that choice, shared by all holders; a new one if the previous one has failed. onStatus gets the current status and every
 * change.
 */
export function holdEstimator(choice: EngineChoice, onStatus: (status: Status) => void): Lease {
  const { backend = 'auto', modelUrl, detectorUrl } = choice;
  const key = [backend, modelUrl, detectorUrl].map(String).join(' ');
  const forget = () => {
    if (running.get(key) === shared) running.delete(key); // the next holder tries again
  };
  const shared = running.get(key) ?? start(choice, forget);
  running.set(key, shared);
  shared.estimator.catch(forget);
  const listener = (status: Status) => onStatus(status); // unique to this lease
  shared.listeners.add(listener);
  if (shared.status) onStatus(shared.status);
  const end = () => {
    if (shared.listeners.size > 0) return;
    forget();
    shared.starting.abort();
    shared.estimator.then((estimator) => estimator.dispose()).catch(() => undefined);
  };
  const release = () => {
    // A turn later: React may end an effect, or the DOM remove an element, only to start it again immediately.
    if (shared.listeners.delete(listener)) setTimeout(end);
  };
  return { estimator: shared.estimator, release };
}
