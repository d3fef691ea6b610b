import { createSerialQueue } from '../async/serial-queue';
import { untilAborted } from '../async/until-aborted';
import { EngineError, GPU_FAILURES, isDeviceLost } from './error';
import { Link, type WorkerLike } from './link';
import type {
  EstimateRequest,
  EstimateResult,
  EstimatorClient,
  EstimatorOptions,
  EventMessage,
  InitParams,
  Ready,
  Status,
} from './protocol';

/** A worker that has not freed its resources within this time is terminated anyway. */
const DISPOSE_MS = 1000;

/** How long a replacement worker must have run before another loss counts as a new fault rather than the same one. */
const STABLE_MS = 30_000;

/**
 * The page's side of the thread boundary: one worker, one image at a time. A worker whose device is lost is replaced once, and again whenever it
 * has been stable for a while; a replacement whose device is lost while it starts, by one on WebAssembly.
 */
export class Estimator implements EstimatorClient {
  private readonly createWorker: () => WorkerLike;
  private readonly options: EstimatorOptions;
  /** As requested, or WebAssembly once the GPU was lost while a replacement started. */
  private choice: Pick<InitParams, 'backend' | 'why'>;
  private link: Link | undefined;
  private started: Promise<Ready>;
  private readonly queue = createSerialQueue();
  private restarted = false;
  /** When the worker finished starting. */
  private readyAt = Number.POSITIVE_INFINITY;
  private disposed = false;

  /** Rejects with an EngineError or the signal's reason; no worker is left in that case. */
  static async create(createWorker: () => WorkerLike, signal: AbortSignal, options: EstimatorOptions): Promise<Estimator> {
    signal.throwIfAborted();
    const estimator = new Estimator(createWorker, options);
    const abort = () => estimator.end(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      await estimator.whenStarted();
      signal.throwIfAborted();
      return estimator;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  private constructor(createWorker: () => WorkerLike, options: EstimatorOptions) {
    this.createWorker = createWorker;
    this.options = options;
    this.choice = { backend: options.backend };
    this.started = this.start();
  }

  estimate(signal: AbortSignal, request: EstimateRequest): Promise<EstimateResult> {
    const answer = this.queue.run(() => this.run(signal, request));
    return untilAborted(signal, answer); // rejects at once; only the next image waits for the worker's own answer
  }

  async dispose(): Promise<void> {
    if (this.disposed) return;
    const freed = this.link?.send('dispose', null).answer;
    this.disposed = true;
    await Promise.race([freed?.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, DISPOSE_MS))]);
    this.end(new DOMException('disposed', 'AbortError'));
  }

  /** A bitmap to be transferred is closed in any case: by the worker, or here if it is not sent. */
  private async run(signal: AbortSignal, request: EstimateRequest): Promise<EstimateResult> {
    const { transfer, onProgress, ...params } = request;
    let stop: () => unknown = () => undefined;
    const abort = () => stop();
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      const ready = await this.whenStarted();
      const { link } = this;
      signal.throwIfAborted();
      if (!link) return await this.run(signal, request); // the worker has just ended: rejects with the reason
      this.tell({ state: 'running', ready });
      const { id, answer } = link.send('estimate', params, transfer ? [params.frame.bitmap] : [], (progress) => {
        if (!signal.aborted) onProgress?.(progress);
      });
      stop = () => link.send('abort', { id }).answer.catch(() => undefined);
      return await answer.finally(() => {
        if (this.link === link) this.tell({ state: 'ready', ready });
      });
    } catch (error) {
      if (transfer) params.frame.bitmap.close();
      // Once more on the new worker, if the image was not transferred.
      if (!isDeviceLost(error) || this.link === undefined || transfer || signal.aborted) throw error;
      return this.run(signal, request);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** The outcome of the latest start: a start whose device was lost is followed by another. */
  private async whenStarted(): Promise<Ready> {
    for (;;) {
      const { started } = this;
      try {
        const ready = await started;
        if (this.started === started) return ready;
      } catch (error) {
        if (this.started === started) throw error;
      }
    }
  }

  private async start(): Promise<Ready> {
    const { model, detector } = this.options;
    this.tell({ state: 'loading', loaded: 0, total: 0 });
    const link: Link = new Link(
      this.newWorker(),
      (event) => this.onEvent(event),
      (error) => this.fail(error),
    );
    this.link = link;
    try {
      const ready = await link.send('init', { ...this.choice, model, detector }).answer;
      this.readyAt = performance.now();
      this.tell({ state: 'ready', ready });
      return ready;
    } catch (error) {
      if (this.link === link && error instanceof EngineError) this.fail(error);
      throw error;
    }
  }

  /** Throws an EngineError if the browser refuses to start one, for example because of the page's policy. */
  private newWorker(): WorkerLike {
    try {
      return this.createWorker();
    } catch (cause) {
      const error = new EngineError({ code: 'worker-crashed', detail: String(cause) }, { cause });
      this.fail(error);
      throw error;
    }
  }

  private onEvent(event: EventMessage): void {
    if (event.type === 'uncaptured-error') {
      if (!this.disposed) this.options.onUncapturedError(event.message);
    } else if (event.type === 'device-lost') {
      const error = new EngineError({ code: 'device-lost', detail: event.reason });
      const mayRestart = !this.restarted || performance.now() - this.readyAt >= STABLE_MS;
      const isStarting = this.readyAt === Number.POSITIVE_INFINITY;
      if (isStarting && this.restarted) this.choice = { backend: 'wasm', why: GPU_FAILURES.get('device-lost') };
      if ((mayRestart || isStarting) && !this.disposed) this.restart(error);
      else this.fail(error);
    } else {
      const { type, ...progress } = event;
      this.tell({ state: type, ...progress } as Status);
    }
  }

  private restart(error: EngineError): void {
    this.restarted = true;
    this.readyAt = Number.POSITIVE_INFINITY;
    this.link?.close(error);
    this.started = this.start();
    this.started.catch(() => undefined); // reported by the status, and to the next request
  }

  /** Fails permanently: every later call rejects with the error, too. */
  private fail(error: EngineError): void {
    this.tell({
      state: error.code === 'no-backend' ? 'unsupported' : 'failed',
      failure: { code: error.code, detail: error.message },
    });
    this.end(error);
  }

  private end(reason: unknown): void {
    const { link } = this;
    this.link = undefined;
    this.started = Promise.reject(reason);
    this.started.catch(() => undefined);
    link?.close(reason);
  }

  /** An error that the caller's function throws is reported like an event listener's, and changes nothing here. */
  private tell(status: Status): void {
    if (this.disposed) return;
    try {
      this.options.onStatus(status);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
