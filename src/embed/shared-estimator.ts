import type { Status } from '../engine/protocol';
import { createPoseEstimator } from './create';
import type { PoseEstimator, PoseEstimatorOptions } from './pose-estimator';

/** What decides which engine it is. */
export type EngineChoice = Pick<PoseEstimatorOptions, 'backend' | 'model' | 'modelUrl' | 'detectorUrl'>;

interface Shared {
  readonly estimator: Promise<PoseEstimator>;
  readonly listeners: Set<(status: Status) => void>;
  status: Status | undefined;
}

const running = new Map<string, Shared>();

/** One holder's share of an engine. */
export interface Lease {
  /** Rejects with an EngineError. */
  readonly estimator: Promise<PoseEstimator>;
  /** Gives it back; the last one ends the engine. */
  release(): void;
}

function start(choice: EngineChoice): Shared {
  const listeners = new Set<(status: Status) => void>();
  const onStatus = (status: Status) => {
    shared.status = status;
    for (const listener of listeners) listener(status);
  };
  const estimator = new Promise<PoseEstimator>((resolve, reject) => {
    // After this turn, so that `shared` is there when the first status comes.
    queueMicrotask(() => createPoseEstimator({ ...choice, onStatus }).then(resolve, reject));
  });
  const shared: Shared = { estimator, listeners, status: undefined };
  return shared;
}

/** The page's engine of that choice, one for all who hold it. onStatus is told the status as it is, and every change. */
export function holdEstimator(choice: EngineChoice, onStatus: (status: Status) => void): Lease {
  const key = [choice.backend, choice.model, choice.modelUrl, choice.detectorUrl].map(String).join(' ');
  const shared = running.get(key) ?? start(choice);
  running.set(key, shared);
  const listener = (status: Status) => onStatus(status); // of this lease alone
  shared.listeners.add(listener);
  if (shared.status) onStatus(shared.status);
  const forget = () => {
    if (running.get(key) === shared) running.delete(key);
  };
  shared.estimator.catch(forget); // the next holder tries again
  const release = () => {
    if (!shared.listeners.delete(listener) || shared.listeners.size > 0) return;
    forget();
    shared.estimator.then((estimator) => estimator.dispose()).catch(() => undefined);
  };
  return { estimator: shared.estimator, release };
}
