import { Estimator } from '../engine/estimator';
import type { WorkerLike } from '../engine/link';
import type { CreateEstimator, RequestMessage } from '../engine/protocol';
import { Answerer } from '../engine/worker/answer';

/** The engine in the calling thread, behind the same messages as the worker, copied in the same way. */
class InThread extends EventTarget implements WorkerLike {
  private closed = false;
  private readonly answerer = new Answerer((message, transfer) => {
    const data = structuredClone(message, { transfer });
    if (!this.closed) this.dispatchEvent(new MessageEvent('message', { data }));
  });

  postMessage(message: RequestMessage, given?: Transferable[] | StructuredSerializeOptions): void {
    const transfer = Array.isArray(given) ? given : (given?.transfer ?? []);
    this.answerer.take(structuredClone(message, { transfer }));
  }

  terminate(): void {
    this.closed = true;
    this.answerer.close();
  }
}

/** For the caller's own worker: starts no second thread. */
export const createEstimatorInThread: CreateEstimator = (signal, options) =>
  Estimator.create(() => new InThread(), signal, options);
