import type { Pose } from '../pose/pose';
import type { Size } from '../pose/roi';
import { type SmoothState, smoothingOf, smoothPose } from '../pose/smooth';
import type { Roi } from '../pose/space';
import { withoutDoubles, withoutNeighboursJoints } from '../pose/suppression';
import { isConfident, isDoubtful, sureness } from '../pose/track';
import {
  atRest,
  EMPTY_SCENE,
  expectedRois,
  isAnybodyLost,
  observe,
  peopleInView,
  type Scene,
  type TrackedPerson,
} from '../pose/tracker';
import type { PersonResult, TrackedRegions } from './protocol';

/** Somebody in one frame of a video. */
export interface FollowedPerson {
  /** Stays theirs from frame to frame, also through a second out of sight; never given to anybody else. From 1. */
  readonly id: number;
  /** When the frame was taken, milliseconds. */
  readonly time: number;
  /** Smoothed; image pixels. */
  readonly pose: Pose;
  /** The crop that it was found in. */
  readonly roi: Roi;
  readonly coarseMaps: Float32Array | undefined;
}

/** How often the detector runs while everybody known is well in view. Milliseconds. */
const DETECT_MS = 500;
/** How often the detector runs while somebody is doubtful, who may have slipped out of their crop. Milliseconds. */
const DOUBT_MS = 300;

/** A frame of a video this near to the last one shows the same scene. Seconds. */
const NEAR = 1;

/** A camera that gave no frames for so long, as while the page was hidden, may show others by now. Milliseconds. */
export const GAP_MS = 4000;

/** Whether two frames show the same scene, by their places in the video, seconds. */
export const isNear = (place: number, other: number): boolean => Math.abs(place - other) <= NEAR;

export interface TakeOptions {
  /** 0..1; 0: the joints are as they were found. */
  readonly smoothing: number;
  /** The frame stands alone (a paused video): a person is shown without a second frame. */
  readonly alone?: boolean;
}

/** Everybody through the frames of a video: which crops come next, and who is who. One for each run of a camera. */
export class Follower {
  private scene: Scene = EMPTY_SCENE;
  private readonly smoothed = new Map<number, SmoothState>();
  /** When the detector ran last, milliseconds. */
  private detected = Number.NEGATIVE_INFINITY;
  /** Of the newest frame, pixels. */
  private size: Size | undefined;

  /** The crops of a frame taken at `time`, milliseconds. Everybody is new where frames have another size from now on, as when a phone is turned. */
  regions(time: number, image: Size): TrackedRegions {
    const { width, height } = image;
    if (this.size && (this.size.width !== width || this.size.height !== height)) this.restart(time, false);
    this.size = { width, height };
    const detect = time - this.detected >= this.patience();
    if (detect) this.detected = time;
    return { ...expectedRois(this.scene, time, image), detect };
  }

  /**
   * The next frame, taken at `time`, stands alone: nothing of earlier frames may be in its joints, and the detector runs on it. near: it
   * shows the same scene, so people keep their ids; else everybody is new, and nobody gets an id that was somebody else's. passed: how far it
   * is from the last frame in the video, milliseconds, by which those who are lost are forgotten.
   */
  restart(time: number, near: boolean, passed = 0): void {
    const known = near ? this.scene : EMPTY_SCENE;
    this.scene = { ...atRest(known, time, passed), nextId: this.scene.nextId };
    this.smoothed.clear();
    this.detected = Number.NEGATIVE_INFINITY;
  }

  /** The ids of everybody who was shown and is not forgotten, those out of sight included; ascending. */
  get known(): number[] {
    return this.scene.people.flatMap(({ id, confirmed }) => (confirmed ? id : [])).sort((a, b) => a - b);
  }

  /** How long to wait before the detector runs again. Milliseconds. */
  private patience(): number {
    const inView = peopleInView(this.scene);
    const unclear = this.scene.people.some(({ confirmed }) => !confirmed) || isAnybodyLost(this.scene);
    if (inView.length === 0 || unclear) return 0;
    return inView.some(({ track }) => isDoubtful(track.pose)) ? DOUBT_MS : DETECT_MS;
  }

  /** Takes in what was found in that frame. Returns who is shown, by id. */
  take(found: readonly PersonResult[], time: number, image: Size, { smoothing, alone = false }: TakeOptions): FollowedPerson[] {
    const people = withoutDoubles(
      found.filter(({ pose }) => isConfident(pose)).map((person) => ({ ...person, score: sureness(person.pose) })),
    );
    const poses = withoutNeighboursJoints(people.map(({ pose }) => pose));
    const observations = people.map((person, i) => ({ ...person, pose: poses[i] ?? person.pose }));
    this.scene = observe(this.scene, observations, time, image, alone);
    for (const id of this.smoothed.keys()) if (!this.scene.people.some((person) => person.id === id)) this.smoothed.delete(id);
    return peopleInView(this.scene).map((person) => {
      const { id, track, roi } = person;
      const coarseMaps = observations.find(({ pose }) => pose === track.pose)?.coarseMaps;
      return { id, time, pose: this.smooth(person, roi.side, time, smoothing), roi, coarseMaps };
    });
  }

  /** side: of the crop that the pose was found in, image pixels. */
  private smooth({ id, track: { pose } }: TrackedPerson, side: number, time: number, smoothing: number): Pose {
    const options = smoothingOf(smoothing);
    if (!options) {
      this.smoothed.delete(id);
      return pose;
    }
    const smoothed = smoothPose(this.smoothed.get(id), pose, side, time, options);
    this.smoothed.set(id, smoothed.state);
    return smoothed.pose;
  }
}
