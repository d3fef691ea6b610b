/** Assumed until frames have been seen; seconds. */
const USUAL = 1 / 30;
/** A smaller gap is a rounding error, a greater one a pause. Seconds. */
const MIN_INTERVAL = 0.004;
const MAX_INTERVAL = 0.5;
/** How much too early a frame may seem to begin, as a share of the interval. */
const ROUNDING = 1e-3;

/** Estimates the interval between a video's frames from the frames seen so far: the smallest gap between them. */
export class FramePace {
  private last: number | undefined;
  private smallest: number | undefined;

  /** The middle of the frame after the one shown at `position` (1), or before it (-1), assuming equal intervals. Seconds. */
  beside(position: number, direction: 1 | -1): number {
    const interval = this.smallest ?? USUAL;
    const index = Math.floor(position / interval + ROUNDING);
    return (Math.max(0, index + direction) + 0.5) * interval;
  }

  /** Registers a frame. position: the frame's, seconds; alone: it does not follow the previous one. */
  see(position: number, alone: boolean): void {
    const gap = position - (this.last ?? position);
    if (!alone && gap >= MIN_INTERVAL && gap <= MAX_INTERVAL) this.smallest = Math.min(gap, this.smallest ?? gap);
    this.last = position;
  }
}
