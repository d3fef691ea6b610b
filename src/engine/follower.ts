import type { Pose } from '../pose/pose';
import type { Size } from '../pose/roi';
import { type SmoothState, smoothingOf, smoothPose } from '../pose/smooth';
import type { Roi } from '../pose/space';
import { withoutDuplicates, withoutNeighboursJoints } from '../pose/suppression';
import { isConfident, isDoubtful, trackConfidence } from '../pose/track';
import {
  atRest,
  EMPTY_SCENE,
  expectedRois,
  isAnybodyLost,
  observe,
  peopleInView,
  rescaled,
  type Scene,
  type TrackedPerson,
} from '../pose/tracker';
import type { PersonResult, TrackedRegions } from './protocol';

/** A person in one frame of a video. */
export interface FollowedPerson {
  /** Persists from frame to frame, even through a second out of sight, or up to four behind somebody else; never reused for anybody else. From 1. */
  readonly id: number;
  /** When the frame was taken, milliseconds. */
  readonly time: number;
  /** Smoothed; image pixels. */
  readonly pose: Pose;
  /** The crop that it was found in. */
  readonly roi: Roi;
  readonly coarseMaps: Float32Array | undefined;
}

/** How often the detector runs while all known people are clearly in view. Milliseconds. */
const DETECT_MS = 500;
/** How often the detector runs while somebody is doubtful and may have slipped out of their crop. Milliseconds. */
const DOUBT_MS = 300;
/** How often the detector runs while somebody is out of sight, who may return, or has left. Milliseconds. */
const LOST_MS = 150;

/** A frame this close to the last one in a video file shows the same scene. Milliseconds. */
const NEAR_MS = 1000;

/**
 * After this long unseen, for example while the page was hidden, other people may have taken the place of those seen. The time that
 * the engine takes for a frame, or its consumer holds it, is not counted; otherwise, nobody would be shown on a slow device. Milliseconds.
 */
const GAP_MS = 4000;

/** Whether so much time passed unseen between two frames that everybody is new. unseen: milliseconds, of which the first frame took `took`. */
export const isGap = (unseen: number, took: number): boolean => unseen - took > GAP_MS;

/** A clock steps back by less where frames are stamped now by the camera, now by the page (source/frames.ts). Milliseconds. */
const BACK_MS = 1000;

/** Resolutions are whole numbers of pixels, so the same shape may differ by this much in height. */
const ROUNDED_PX = 2;

/** Where a frame comes from. */
export interface Place {
  /** When it was captured, milliseconds. */
  readonly time: number;
  /** Its position in a video file, seconds; undefined: it is a camera's. */
  readonly position: number | undefined;
  /** How fast a file plays, times its own speed: the time unseen is the viewer's. Default: 1. */
  readonly rate?: number;
  /** What tells its video from others; may be left out if there is only one. */
  readonly source?: unknown;
}

export interface TakeOptions {
  /** 0..1; 0: the joints are as they were found. */
  readonly smoothing: number;
  /** The frame is standalone (a paused video): a person is shown without a second frame. */
  readonly alone?: boolean;
  /** From the capture of the frame to its answer, milliseconds. Needed only with begin(). Default: 0. */
  readonly took?: number;
}

/** Follows everybody through the frames of a video: which crops come next, and who is who. One for each run of a camera. */
export class Follower {
  private scene: Scene = EMPTY_SCENE;
  private readonly smoothed = new Map<number, SmoothState>();
  /** When the detector last ran, milliseconds; `detectedThen` replaces it once the frame of the last regions() is taken, for a frame may be lost. */
  private detected = Number.NEGATIVE_INFINITY;
  private detectedThen = Number.NEGATIVE_INFINITY;
  /** Of the newest frame, pixels. */
  private size: Size | undefined;
  /** Of the newest frame taken, or of the frame of the last restart. */
  private place: Place | undefined;
  /** How long that frame kept the next one waiting, milliseconds. */
  private took = 0;
  private next: Place | undefined;

  /**
   * Call before regions(). Restarts unless the frame continues the last one taken: another video, or one far away in time or in the video file.
   * fresh: it does not in any case, as after a seek, but people keep their ids if it is near. Returns whether it continues.
   */
  begin(next: Place, fresh: boolean): boolean {
    const was = this.place;
    this.next = next;
    const [from, to] = [was?.position, next.position];
    const isSame = was !== undefined && was.source === next.source && (from === undefined) === (to === undefined);
    const passed = from !== undefined && to !== undefined ? 1000 * Math.abs(to - from) : 0;
    const unseen = isSame && to === undefined ? next.time - was.time : passed / (next.rate || 1);
    const gap = isGap(unseen, this.took);
    if (isSame && !fresh && !gap) return true;
    const near = isSame && (to === undefined ? !gap : passed <= NEAR_MS);
    this.restart(next.time, near, near ? passed : 0);
    [this.place, this.took] = [next, 0];
    return false;
  }

  /**
   * The crops of a frame taken at `time`, milliseconds. If the frame has another shape, as when a phone is turned, or the clock has gone back, as
   * after a seek, everybody is new; at another resolution of the same shape, as in a video call, people stay who they are.
   */
  regions(time: number, image: Size): TrackedRegions {
    const { width, height } = image;
    const scale = this.size ? width / this.size.width : 1;
    const isOtherShape = this.size && Math.abs(scale * this.size.height - height) > ROUNDED_PX;
    if (isOtherShape || this.scene.time - time > BACK_MS) this.restart(time, false);
    else if (scale !== 1) {
      this.scene = rescaled(this.scene, scale);
      this.smoothed.clear();
    }
    this.size = { width, height };
    const detect = Math.abs(time - this.detected) >= this.patience();
    this.detectedThen = detect ? time : this.detected;
    return { ...expectedRois(this.scene, time, image), detect };
  }

  /**
   * Prepares for a standalone frame, taken at `time`: its joints are not smoothed with those of earlier frames, and the detector runs on it.
   * near: it shows the same scene, so people keep their ids; otherwise everybody is new, and no id is reused. passed: how far it is from the
   * last frame in the video, milliseconds; lost people are forgotten by this time.
   */
  restart(time: number, near: boolean, passed = 0): void {
    const known = near ? this.scene : EMPTY_SCENE;
    this.scene = { ...atRest(known, time, passed), nextId: this.scene.nextId };
    this.smoothed.clear();
    this.detected = Number.NEGATIVE_INFINITY;
  }

  /** The people in the frame taken last were held for `time`, milliseconds, before the next frame was asked for. Needed only with begin(). */
  held(time: number): void {
    this.took += time;
  }

  /** The ids of everybody who was shown and is not forgotten, including those out of sight; ascending. */
  get known(): number[] {
    return this.scene.people.flatMap(({ id, confirmed }) => (confirmed ? id : [])).sort((a, b) => a - b);
  }

  /** How long to wait before the detector runs again. Milliseconds. */
  private patience(): number {
    const inView = peopleInView(this.scene);
    if (inView.length === 0 || this.scene.people.some(({ confirmed }) => !confirmed)) return 0;
    if (isAnybodyLost(this.scene)) return LOST_MS;
    return inView.some(({ track }) => isDoubtful(track.pose)) ? DOUBT_MS : DETECT_MS;
  }

  /** Updates the scene with what was found in that frame. Returns the people who are shown, by id. */
  take(
    found: readonly PersonResult[],
    time: number,
    image: Size,
    { smoothing, alone = false, took = 0 }: TakeOptions,
  ): FollowedPerson[] {
    [this.place, this.took] = [this.next, took];
    this.detected = this.detectedThen;
    const people = withoutDuplicates(
      found.filter(({ pose }) => isConfident(pose)).map((person) => ({ ...person, score: trackConfidence(person.pose) })),
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
