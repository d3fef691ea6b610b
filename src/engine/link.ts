import { EngineError } from './error';
import type { EventMessage, Progress, RequestMessage, Requests, RequestType, ResponseMessage } from './protocol';

/** The part of a Worker that a link uses. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;

interface Pending {
  resolve(result: unknown): void;
  reject(reason: unknown): void;
  onProgress(progress: Progress): void;
}

export interface Sent<K extends RequestType> {
  readonly id: number;
  /** Rejects with an EngineError, or an AbortError if the request was cancelled. */
  readonly answer: Promise<Requests[K]['result']>;
}

/**
 * One worker and its pending requests. Owns the worker until close(), which rejects pending requests with a reason; afterwards the worker's
 * messages are ignored.
 */
export class Link {
  private readonly worker: WorkerLike;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private closed = false;

  /** onCrash: called when the worker is gone and will not answer any request. */
  constructor(worker: WorkerLike, onEvent: (event: EventMessage) => void, onCrash: (error: EngineError) => void) {
    this.worker = worker;
    const crash = (detail: string) => {
      if (!this.closed) onCrash(new EngineError({ code: 'worker-crashed', detail }));
    };
    worker.addEventListener('message', ({ data }: MessageEvent<ResponseMessage | EventMessage>) => {
      if (this.closed) return;
      if ('id' in data) this.settle(data);
      else onEvent(data);
    });
    worker.addEventListener('error', ({ message }: ErrorEvent) => crash(message || 'the worker did not load'));
    worker.addEventListener('messageerror', () => crash('a message could not be deserialised'));
  }

  /** onProgress: called, if at all, before the answer comes. */
  send<K extends RequestType>(
    type: K,
    params: Requests[K]['params'],
    transfer: Transferable[] = [],
    onProgress: (progress: Progress) => void = () => undefined,
  ): Sent<K> {
    this.lastId += 1;
    const id = this.lastId;
    const answer = new Promise<Requests[K]['result']>((resolve, reject) => {
      this.pending.set(id, { resolve: resolve as Pending['resolve'], reject, onProgress });
      try {
        this.worker.postMessage({ type, id, params } as RequestMessage, transfer);
      } catch (error) {
        this.pending.delete(id);
        reject(new EngineError({ code: 'estimate-failed', detail: String(error) }, { cause: error })); // for example a closed bitmap
      }
    });
    return { id, answer };
  }

  close(reason: unknown): void {
    this.closed = true;
    this.worker.terminate();
    for (const { reject } of this.pending.values()) reject(reason);
    this.pending.clear();
  }

  private settle(message: ResponseMessage): void {
    const request = this.pending.get(message.id);
    if (message.type === 'progress') {
      request?.onProgress(message.progress);
      return;
    }
    this.pending.delete(message.id);
    if (message.type === 'failed') request?.reject(new EngineError(message.failure));
    else if (message.type === 'aborted') request?.reject(new DOMException('cancelled', 'AbortError'));
    else request?.resolve(message.result);
  }
}
