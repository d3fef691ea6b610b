import type { PersonResult, Region } from '../engine/protocol';
import type { Size } from '../pose/roi';
import { type SmoothState, smoothingOf, smoothPose } from '../pose/smooth';
import { expectedRoi, follow, type Track } from '../pose/track';
import type { FoundPose } from './store';

/** Where to look in the next frame, and what to show of it. One for each run of a camera. */
export class Follower {
  private track: Track | undefined;
  private smooth: SmoothState | undefined;

  /** What to look at in a frame taken at `time`, milliseconds. */
  regions(time: number, image: Size): readonly Region[] | 'find' {
    return this.track ? [{ roi: expectedRoi(this.track, time, image), refine: false }] : 'find';
  }

  /** Takes in what was found in that frame; smoothing 0..1. undefined: nobody. */
  take(person: PersonResult | undefined, time: number, image: Size, smoothing: number): FoundPose | undefined {
    const options = smoothingOf(smoothing);
    if (!person || !options) this.smooth = undefined;
    if (!person) {
      this.track = undefined;
      return undefined;
    }
    const smoothed = options && smoothPose(this.smooth, person.pose, person.roi.side, time, options);
    this.smooth = smoothed?.state;
    const pose = smoothed?.pose ?? person.pose;
    this.track = follow(this.track, pose, person.roi, time, image);
    return { time, pose, roi: person.roi, coarseMaps: person.coarseMaps };
  }
}
