import type { Pose } from '../pose/pose';
import type { Size } from '../pose/roi';
import { type SmoothState, smoothingOf, smoothPose } from '../pose/smooth';
import type { Roi } from '../pose/space';
import { expectedRoi, follow, isDoubtful, sureness, type Track } from '../pose/track';
import type { PersonResult, Region } from './protocol';

/** What was found in a frame of a moving picture. */
export interface FoundPose {
  /** When the frame was taken, milliseconds. */
  readonly time: number;
  /** Smoothed; image pixels. */
  readonly pose: Pose;
  /** The crop that it was found in. */
  readonly roi: Roi;
  readonly coarseMaps: Float32Array | undefined;
}

/** How long a doubtful pose is followed before the whole frame is searched again. */
const SEARCH_MS = 1000;

/** Where to look in the next frame, and what to show of it. One for each run of a camera. */
export class Follower {
  private track: Track | undefined;
  private smooth: SmoothState | undefined;
  private shown: FoundPose | undefined;
  /** When the whole frame was searched last, milliseconds. */
  private searched = Number.NEGATIVE_INFINITY;

  /** What to look at in a frame taken at `time`, milliseconds. */
  regions(time: number, image: Size): readonly Region[] | 'find' {
    // A crop that has slipped off the person finds something in it all the same, and would stay where it is.
    const slipped = this.track && isDoubtful(this.track.pose) && time - this.searched >= SEARCH_MS;
    if (this.track && !slipped) return [{ roi: expectedRoi(this.track, time, image), refine: false }];
    this.searched = time;
    return 'find';
  }

  /** Takes in what was found in that frame; smoothing 0..1. undefined: nobody. */
  take(person: PersonResult | undefined, time: number, image: Size, smoothing: number): FoundPose | undefined {
    if (this.track && this.searched === time && sureness(person?.pose ?? []) <= sureness(this.track.pose)) {
      return this.shown && { ...this.shown, time }; // searched in doubt, and found nothing better
    }
    this.shown = this.next(person, time, image, smoothing);
    return this.shown;
  }

  private next(person: PersonResult | undefined, time: number, image: Size, smoothing: number): FoundPose | undefined {
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
