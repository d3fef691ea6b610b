/** Assumed until frames were seen; seconds. */
const USUAL = 1 / 30;
/** A smaller gap is a rounding error, a greater one a pause. Seconds. */
const SMALLEST = 0.004;
const GREATEST = 0.5;

/** How far apart the frames of a video are, from those that were seen. Where they differ: the smallest gap. */
export class FramePace {
  private last: number | undefined;
  private smallest: number | undefined;

  /** Seconds. */
  get interval(): number {
    return this.smallest ?? USUAL;
  }

  /** position: the frame's, seconds; alone: it does not follow on the one before. */
  see(position: number, alone: boolean): void {
    const gap = position - (this.last ?? position);
    if (!alone && gap >= SMALLEST && gap <= GREATEST) this.smallest = Math.min(gap, this.smallest ?? gap);
    this.last = position;
  }
}
