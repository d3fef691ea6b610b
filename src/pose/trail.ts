import type { Pose } from './pose';

/** Where the joints were at an earlier time. */
export interface TrailPoint {
  /** Milliseconds. */
  readonly time: number;
  readonly pose: Pose;
}

/** How far back a trail goes. Milliseconds. */
export const TRAIL_MS = 1500;
/** Most points kept, however many frames come. */
const MAX_POINTS = 60;

/** The trail with its newest point added and points that are too old removed. */
export function extendTrail(trail: readonly TrailPoint[], newest: TrailPoint): readonly TrailPoint[] {
  return [...trail.filter(({ time }) => newest.time - time < TRAIL_MS), newest].slice(-MAX_POINTS);
}
