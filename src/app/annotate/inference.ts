import { createSerialQueue } from '../../async/serial-queue';
import type { EstimateRequest, EstimateResult } from '../../engine/protocol';
import type { Engine } from '../shell/engine';

/** Finds people for labels. Rejects as the engine does, or with the signal's reason. */
export type Infer = (signal: AbortSignal, request: Omit<EstimateRequest, 'flipTest' | 'transfer'>) => Promise<EstimateResult>;

/**
 * Inference for labels, one request at a time, so that a person whom the user has boxed waits for at most one draft. It includes a flip
 * test: there is no next frame to hurry for, and every joint that is right is one less to drag.
 */
export function createInference(engine: Engine): Infer {
  const queue = createSerialQueue();
  return (signal, request) =>
    queue.run(async () => {
      const client = await engine.client();
      signal.throwIfAborted();
      // not transferred: the engine needs the frame again if it loses its device meanwhile
      return client.estimate(signal, { ...request, flipTest: true, transfer: false });
    });
}
