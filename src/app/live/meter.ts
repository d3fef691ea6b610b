import type { EstimateResult, Step } from '../../engine/protocol';

/** The numbers of the performance panel, over the last seconds. Times in milliseconds. */
export interface LiveStats {
  /** undefined: there were too few passes to tell. */
  readonly framesPerSecond: number | undefined;
  /** From capture to drawing; undefined until something was drawn. */
  readonly latency: { readonly median: number; readonly p95: number } | undefined;
  /** Mean of each step. */
  readonly timings: EstimateResult['timings'];
  /** Frames since the start: those that did not go through the network, and all of them. */
  readonly dropped: number;
  readonly frames: number;
  /** The last half minute, one point every STATS_MS, the newest last. */
  readonly history: readonly HistoryPoint[];
}

/** The speed at one moment. */
export interface HistoryPoint {
  readonly framesPerSecond: number | undefined;
  /** Median, milliseconds. */
  readonly latency: number | undefined;
}

/** How often to read the numbers. Milliseconds. */
export const STATS_MS = 500;
/** How many points the history has. */
export const HISTORY = 60;

const WINDOW_MS = 3000;

interface Pass {
  readonly at: number;
  readonly timings: EstimateResult['timings'];
}

interface Drawn {
  readonly at: number;
  readonly latency: number;
}

/** The value that a share (0..1) of the values does not exceed. The list is sorted and not empty. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function meanOf(passes: readonly Pass[]): EstimateResult['timings'] {
  const mean = (step: Step) => passes.reduce((sum, { timings }) => sum + timings[step], 0) / Math.max(1, passes.length);
  return { crop: mean('crop'), network: mean('network'), total: mean('total') };
}

/** Counts frames, passes and drawings; times in milliseconds on one clock. */
export class Meter {
  private passes: Pass[] = [];
  private drawn: Drawn[] = [];
  private dropped = 0;
  private frames = 0;
  private history: readonly HistoryPoint[] = [];
  private lastDrawn = Number.NEGATIVE_INFINITY;

  frame(): void {
    this.frames += 1;
  }

  drop(): void {
    this.dropped += 1;
  }

  pass(at: number, timings: EstimateResult['timings']): void {
    this.passes.push({ at, timings });
  }

  /** Records that the pose of a frame is on the screen; redrawing the same frame does not count. */
  draw(at: number, captured: number): void {
    if (captured <= this.lastDrawn) return;
    this.lastDrawn = captured;
    this.drawn.push({ at, latency: at - captured });
  }

  read(now: number): LiveStats {
    const recent = ({ at }: { readonly at: number }) => now - at < WINDOW_MS;
    this.passes = this.passes.filter(recent);
    this.drawn = this.drawn.filter(recent);
    const first = this.passes[0]?.at ?? now;
    const latencies = this.drawn.map(({ latency }) => latency).sort((a, b) => a - b);
    // between n passes there are n - 1 intervals
    const framesPerSecond = this.passes.length > 1 && now > first ? ((this.passes.length - 1) * 1000) / (now - first) : undefined;
    const latency = latencies.length > 0 ? { median: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) } : undefined;
    this.history = [...this.history, { framesPerSecond, latency: latency?.median }].slice(-HISTORY);
    return {
      framesPerSecond,
      latency,
      timings: meanOf(this.passes),
      dropped: this.dropped,
      frames: this.frames,
      history: this.history,
    };
  }
}
