import type { EstimateRequest, EstimateResult } from './protocol';

export interface Job {
  readonly signal: AbortSignal;
  readonly request: EstimateRequest;
  resolve(result: EstimateResult): void;
  reject(reason: unknown): void;
}

/** Runs one picture at a time, in the order they came; of a camera's frames (those that move to the worker) only the newest waits. */
export class Queue {
  private readonly run: (job: Job) => Promise<EstimateResult>;
  private waiting: Job[] = [];
  private busy = false;

  /** run: may reject the job before its own promise settles; the next picture waits for that all the same. */
  constructor(run: (job: Job) => Promise<EstimateResult>) {
    this.run = run;
  }

  /** Rejects with the signal's reason, as aborted when a newer frame takes a frame's place, or as `run` does. */
  add(signal: AbortSignal, request: EstimateRequest): Promise<EstimateResult> {
    const answer = new Promise<EstimateResult>((resolve, reject) => {
      const job = { signal, request, resolve, reject };
      if (signal.aborted) return drop(job, signal.reason);
      if (request.transfer)
        this.dropWhere((other) => other.request.transfer, new DOMException('a newer frame came', 'AbortError'));
      this.waiting.push(job);
      void this.work();
    });
    const abort = () => this.dropWhere((job) => job.signal === signal, signal.reason);
    const done = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    answer.then(done, done);
    return answer;
  }

  /** Rejects what waits. */
  clear(reason: unknown): void {
    this.dropWhere(() => true, reason);
  }

  private dropWhere(which: (job: Job) => boolean, reason: unknown): void {
    const dropped = this.waiting.filter(which);
    this.waiting = this.waiting.filter((job) => !which(job));
    for (const job of dropped) drop(job, reason);
  }

  /** Runs what waits, until nothing does. */
  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let job = this.waiting.shift(); job; job = this.waiting.shift()) {
      await this.run(job).then(job.resolve, (error) => drop(job, error));
    }
    this.busy = false;
  }
}

/** Rejects a job; a bitmap that was to move to the worker and did not is closed here. */
function drop({ request, reject }: Job, reason: unknown): void {
  if (request.transfer) request.frame.bitmap.close();
  reject(reason);
}
