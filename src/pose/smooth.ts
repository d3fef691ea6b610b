/**
 * One Euro filter for joints: Casiez, Roussel, Vogel, "1 € Filter", CHI 2012. A low-pass filter whose cutoff grows with speed, so that a
 * still joint does not jitter and a fast one does not lag. Speeds are measured in sides of the crop, so one setting suits every resolution.
 */
import { keypoint, type Pose } from './pose';

export interface Smoothing {
  /** Cutoff for a joint that does not move, Hz. */
  readonly minCutoff: number;
  /** How fast the cutoff grows with speed, Hz for each crop side per second. */
  readonly beta: number;
}

/** One joint's filter. Positions in image pixels, speeds in image pixels per millisecond. */
interface JointFilter {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** State kept from one frame to the next; undefined for a joint whose score was too low. */
export interface SmoothState {
  /** Milliseconds. */
  readonly time: number;
  readonly joints: readonly (JointFilter | undefined)[];
}

export interface Smoothed {
  readonly pose: Pose;
  readonly state: SmoothState;
}

/** Cutoff for the speed itself, Hz; the paper's value. */
const SPEED_CUTOFF = 1;
/** A joint that moves further than this in one frame was found elsewhere: its filter is reset. Share of the crop's side. */
const JUMP = 0.25;
/** After a longer pause, the state is of no use. Milliseconds. */
const GAP_MS = 500;
/** A joint with a lower score is a guess: it is passed on unsmoothed, and its filter is dropped. */
const LOW_SCORE = 0.1;

const BETA = 10;

/** The filter's setting for a slider value, 0..1; none (no smoothing) for 0. */
export function smoothingOf(amount: number): Smoothing | undefined {
  return amount > 0 ? { minCutoff: 5 * 0.1 ** amount, beta: BETA } : undefined;
}

/** Weight of the newest sample. cutoff: Hz; elapsed: milliseconds. */
function weight(cutoff: number, elapsed: number): number {
  return 1 / (1 + 1000 / (2 * Math.PI * cutoff * elapsed));
}

/** Smooths one frame's pose. side: of its crop, image pixels; time: when the frame was taken, milliseconds. */
export function smoothPose(
  previous: SmoothState | undefined,
  pose: Pose,
  side: number,
  time: number,
  { minCutoff, beta }: Smoothing,
): Smoothed {
  const elapsed = previous ? time - previous.time : 0;
  const known = elapsed >= 0 && elapsed <= GAP_MS ? previous?.joints : undefined;
  const joints = pose.map(({ x, y, score }, i): JointFilter | undefined => {
    if (score < LOW_SCORE) return undefined;
    const last = known?.[i];
    if (!last || Math.hypot(x - last.x, y - last.y) > JUMP * side) return { x, y, dx: 0, dy: 0 };
    if (elapsed === 0) return last; // the same frame again
    const a = weight(SPEED_CUTOFF, elapsed);
    const dx = last.dx + a * ((x - last.x) / elapsed - last.dx);
    const dy = last.dy + a * ((y - last.y) / elapsed - last.dy);
    const b = weight(minCutoff + (beta * 1000 * Math.hypot(dx, dy)) / side, elapsed);
    return { x: last.x + b * (x - last.x), y: last.y + b * (y - last.y), dx, dy };
  });
  const smoothed = pose.map((joint, i) => {
    const filter = joints[i];
    return filter ? keypoint(filter.x, filter.y, joint.score) : joint;
  });
  return { pose: smoothed, state: { time, joints } };
}
