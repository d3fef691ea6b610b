import type { EstimateRequest, EstimateResult } from './protocol';

export interface Job {
  readonly signal: AbortSignal;
  readonly request: EstimateRequest;
  resolve(result: EstimateResult): void;
  reject(reason: unknown): void;
}

/** Runs one picture at a time, and of those that wait only the newest. */
export class Queue {
  private readonly run: (job: Job) => Promise<EstimateResult>;
  private waiting: Job | undefined;
  private busy = false;

  /** run: may reject the job before its own promise settles; the next picture waits for that all the same. */
  constructor(run: (job: Job) => Promise<EstimateResult>) {
    this.run = run;
  }

  /** Rejects with the signal's reason, as aborted when a newer picture comes first, or as `run` does. */
  add(signal: AbortSignal, request: EstimateRequest): Promise<EstimateResult> {
    const answer = new Promise<EstimateResult>((resolve, reject) => {
      const job = { signal, request, resolve, reject };
      if (signal.aborted) return drop(job, signal.reason);
      this.clear(new DOMException('a newer picture came', 'AbortError'));
      this.waiting = job;
      void this.work();
    });
    const abort = () => {
      if (this.waiting?.signal === signal) this.clear(signal.reason);
    };
    const done = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    answer.then(done, done);
    return answer;
  }

  /** Rejects what waits. */
  clear(reason: unknown): void {
    if (this.waiting) drop(this.waiting, reason);
    this.waiting = undefined;
  }

  /** Runs what waits, until nothing does. */
  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let job = this.waiting; job; job = this.waiting) {
      this.waiting = undefined;
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
