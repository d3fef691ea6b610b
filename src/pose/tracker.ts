/**
 * Follows several people through the frames of a video, each under a persistent id. Pure: time is passed in.
 *
 * Each known person is predicted from their joints and their velocity, and associated with what was found in the frame by OKS (the
 * conventions of the keypoint tracker of tfjs-models' pose-detection, with its maximum age) and, if known, the colour of the torso. A new
 * person is shown once they have been found in two frames; a lost one is remembered for a second, or for up to four behind somebody else, so that ids survive
 * a crossing or a short occlusion.
 */

import type { ExpectedRois } from './followed';
import { greedyPairs } from './greedy-pairs';
import { poseSimilarity } from './oks';
import { keypoint, type Pose, rescaledPose } from './pose';
import { roiIou, type Size } from './roi';
import { type Roi, rescaledRoi } from './space';
import { type Colour, colourDistance } from './torso';
import { expectedRoi, follow, type Track } from './track';

/** Somebody found in one frame. */
export interface Observation {
  /** Image pixels. */
  readonly pose: Pose;
  /** The crop that it was found in. */
  readonly roi: Roi;
  /** undefined: not known. */
  readonly torso?: Colour | undefined;
}

/** Somebody who is known from earlier frames. */
export interface TrackedPerson {
  /** Unique within the scene, in the order in which people are first shown, from 1; 0 until then. */
  readonly id: number;
  /** As of the last frame in which the person was found. */
  readonly track: Track;
  /** The crop in which the person was found in that frame. */
  readonly roi: Roi;
  /** Shown: found in two frames, or to be shown at once. */
  readonly confirmed: boolean;
  readonly torso: Colour | undefined;
  /** Re-identified by position only, because no torso was visible: it may be somebody else, which the torso's colour will show. */
  readonly unsure: boolean;
  /** When they were last found, or expected behind somebody, milliseconds. */
  readonly accountedAt: number;
}

/** Everybody who is known after a frame, including lost people. */
export interface Scene {
  readonly people: readonly TrackedPerson[];
  readonly nextId: number;
  /** When the newest frame was taken, milliseconds. */
  readonly time: number;
}

export const EMPTY_SCENE: Scene = { people: [], nextId: 1, time: Number.NEGATIVE_INFINITY };

/** How long a lost person who is not behind somebody is remembered. Milliseconds. */
const REMEMBERED_MS = 1000;
/** How long a lost person is remembered at most. Milliseconds. */
const HIDDEN_MS = 4000;
/** A lost person is behind somebody whose crop overlaps theirs (intersection over union) by more than this. */
const BEHIND = 0.25;
/** A person who is not found in a frame was last seen at least this long before it. Milliseconds. */
const MIN_ABSENCE_MS = 1;
/** A lost person is looked for in a crop of their own for this long; after that, only by the detector. Milliseconds. */
const CROP_MS = 200;
/** A tracked pose has moved and changed since the last frame: OKS uses sigmas this many times COCO's. */
const FORGIVING = 2;
/** Minimum similarity (OKS) of a person's expected pose and an observation of the same person. */
const MIN_SIMILARITY = 0.3;
/** A match is unambiguous if the observation's similarity to anybody else expected there is below this share of its similarity to the person. */
const RIVAL = 0.7;
/** Weight of a match by place alone: it counts less than any match by pose. */
const PLACE_WEIGHT = 0.3;
/** How much the affinity is reduced for each unit of distance between the colours. */
const COLOUR_WEIGHT = 1;
/** Torsos whose colours are farther apart than this belong to different people, unless the pose is the expected one. */
const OTHER_COLOUR = 0.25;
/** A person out of sight may be this far from where they are expected, in sides of their crop; farther, the longer they are away. */
const MAX_DISPLACEMENT = 0.3;
const MAX_DISPLACEMENT_A_SECOND = 0.6;
/** ... and this much larger or smaller: a tracked crop is wider than a detected one, and only a part of somebody at the edge is visible. */
const RESIZED = 2;
/** A person out of sight is expected to keep moving as before, but for no longer than this. Milliseconds. */
const GOES_ON_MS = 600;
/** Weight of the newest frame in a torso's colour. */
const NEWEST = 0.2;

/** The pose, moved by the person's velocity. */
function expectedPose({ pose, vx, vy }: Track, elapsed: number): Pose {
  const time = Math.min(elapsed, GOES_ON_MS);
  return pose.map(({ x, y, score }) => keypoint(x + vx * time, y + vy * time, score));
}

/** The crop that the person was found in last, moved by their velocity. */
function movedRoi({ roi, track: { vx, vy, time: last } }: TrackedPerson, time: number): Roi {
  const elapsed = Math.min(time - last, GOES_ON_MS);
  return { ...roi, cx: roi.cx + vx * elapsed, cy: roi.cy + vy * elapsed };
}

/**
 * How likely the observation is to be the person, at most 1; undefined: it is not. A person found in the previous frame (`recent`) has
 * the expected pose; one who was out of sight may have any pose, near the expected place. rivalSimilarity: how similar it is to somebody
 * else who is expected there, 0..1.
 */
function affinity(
  person: TrackedPerson,
  seen: Observation,
  time: number,
  recent: boolean,
  rivalSimilarity: number,
): number | undefined {
  const { track, torso } = person;
  const elapsed = Math.max(0, time - track.time);
  const distance = torso && seen.torso ? colourDistance(torso, seen.torso) : 0;
  const similarity = recent ? similarityTo(person, seen, time) : 0;
  const contested = rivalSimilarity > 0 && rivalSimilarity >= RIVAL * similarity;
  const surprising = !recent || contested || person.unsure || similarity < MIN_SIMILARITY || elapsed > HIDDEN_MS;
  if (surprising && distance > OTHER_COLOUR) return undefined;
  if (similarity >= MIN_SIMILARITY) return similarity - COLOUR_WEIGHT * distance;
  const roi = movedRoi(person, time);
  const gate = MAX_DISPLACEMENT + (MAX_DISPLACEMENT_A_SECOND * Math.min(elapsed, HIDDEN_MS)) / 1000;
  const displacement = Math.hypot(seen.roi.cx - roi.cx, seen.roi.cy - roi.cy) / roi.side / gate;
  const resized = Math.max(seen.roi.side / roi.side, roi.side / seen.roi.side);
  if (displacement > 1 || resized > RESIZED) return undefined;
  return PLACE_WEIGHT * (1 - displacement) - COLOUR_WEIGHT * distance;
}

/** Everybody else who is expected where the person is. */
function rivalsOf(person: TrackedPerson, people: readonly TrackedPerson[], time: number): TrackedPerson[] {
  const roi = movedRoi(person, time);
  return people.filter((other) => other !== person && roiIou(movedRoi(other, time), roi) > BEHIND);
}

/** How alike the observation's pose and the one expected of a person found in the previous frame are, 0..1. */
function similarityTo({ track }: TrackedPerson, { pose }: Observation, time: number): number {
  const elapsed = Math.max(0, time - track.time); // clocks may step back a little
  return poseSimilarity(expectedPose(track, elapsed), pose, FORGIVING);
}

interface Pair {
  readonly person: TrackedPerson;
  readonly seen: Observation;
  readonly affinity: number;
}

/** Matches people with observations: the likeliest pair first, each once. Those just found choose first, shown people before new ones. */
function associate(scene: Scene, observations: readonly Observation[], time: number): Map<TrackedPerson, Observation> {
  const isRecent = ({ track }: TrackedPerson) => track.time === scene.time;
  const rank = (person: TrackedPerson) => (isRecent(person) ? 2 : 0) + (person.confirmed ? 1 : 0);
  const pairs = scene.people.flatMap((person) => {
    const rivals = rivalsOf(person, scene.people, time);
    return observations.flatMap((seen): Pair | [] => {
      const rivalSimilarity = Math.max(0, ...rivals.map((rival) => (isRecent(rival) ? similarityTo(rival, seen, time) : 1)));
      const value = affinity(person, seen, time, isRecent(person), rivalSimilarity);
      return value === undefined ? [] : { person, seen, affinity: value };
    });
  });
  pairs.sort((a, b) => rank(b.person) - rank(a.person) || b.affinity - a.affinity);
  return greedyPairs(pairs.map(({ person, seen }) => [person, seen]));
}

function mixed(before: Colour | undefined, now: Colour | undefined): Colour | undefined {
  if (!before || !now) return now ?? before;
  const mix = (i: 0 | 1 | 2) => before[i] + NEWEST * (now[i] - before[i]);
  return [mix(0), mix(1), mix(2)];
}

/** A person who was not found: still known, or forgotten (empty). */
function remembered(person: TrackedPerson, observations: readonly Observation[], time: number): TrackedPerson[] {
  const roi = movedRoi(person, time);
  const isBehind = observations.some((other) => roiIou(other.roi, roi) > BEHIND);
  const accountedAt = isBehind ? time : person.accountedAt;
  const isKnown = person.confirmed && time - accountedAt <= REMEMBERED_MS && time - person.track.time <= HIDDEN_MS;
  const seen = Math.min(person.track.time, time - MIN_ABSENCE_MS); // atRest() counts people in view as seen up to this frame
  return isKnown ? [{ ...person, track: { ...person.track, time: seen }, accountedAt }] : [];
}

/**
 * Updates the scene with what was found in a frame taken at `time`, milliseconds. Duplicate poses of one person must be suppressed before.
 * atOnce: new people are shown without a second frame; for a standalone frame, such as that of a paused video.
 */
export function observe(scene: Scene, observations: readonly Observation[], time: number, image: Size, atOnce = false): Scene {
  const pairs = associate(scene, observations, time);
  let { nextId } = scene;
  const newId = () => {
    nextId += 1;
    return nextId - 1;
  };
  const known = scene.people.flatMap((person): TrackedPerson[] => {
    const seen = pairs.get(person);
    const track = seen && follow(person.track, seen.pose, seen.roi, time, image);
    if (!seen || !track) return remembered(person, observations, time);
    const id = person.confirmed ? person.id : newId();
    const isMixedUp = rivalsOf(person, scene.people, time).length > 0; // the colour may be that of somebody in front
    const torso = isMixedUp ? (person.torso ?? seen.torso) : mixed(person.torso, seen.torso);
    const unsure = !seen.torso && person.torso !== undefined && (person.unsure || person.track.time !== scene.time);
    return [{ id, track, roi: seen.roi, confirmed: true, torso, unsure, accountedAt: time }];
  });
  const taken = new Set(pairs.values());
  const born = observations.flatMap((seen): TrackedPerson[] => {
    const track = taken.has(seen) ? undefined : follow(undefined, seen.pose, seen.roi, time, image);
    if (!track) return [];
    const id = atOnce ? newId() : 0;
    return [{ id, track, roi: seen.roi, confirmed: atOnce, torso: seen.torso, unsure: false, accountedAt: time }];
  });
  return { people: [...known, ...born], nextId, time };
}

/**
 * The scene for the case that the next frame, taken at `time`, is standalone but near: everybody stands still where they were last seen.
 * People out of sight stay so, and are forgotten as in a playing video. passed: how far the frame is from the last one in the video,
 * milliseconds, however long it took to get there.
 */
export function atRest({ people, nextId, time: newest }: Scene, time: number, passed: number): Scene {
  const shift = time - newest - passed;
  const still = people.map((person): TrackedPerson => {
    const { track, accountedAt } = person;
    const [seen, known] = track.time === newest ? [time, time] : [track.time + shift, accountedAt + shift];
    return { ...person, track: { ...track, vx: 0, vy: 0, time: seen }, accountedAt: known };
  });
  return { people: still, nextId, time };
}

/** The scene for frames that show the same at another resolution, `scale` times as many pixels wide and high. */
export function rescaled(scene: Scene, scale: number): Scene {
  const people = scene.people.map(({ track, roi, ...person }): TrackedPerson => {
    const pose = rescaledPose(track.pose, scale);
    const resized = { ...track, pose, roi: rescaledRoi(track.roi, scale), vx: scale * track.vx, vy: scale * track.vy };
    return { ...person, roi: rescaledRoi(roi, scale), track: resized };
  });
  return { ...scene, people };
}

/** The people who were found in the newest frame and are shown. */
export function peopleInView({ people, time }: Scene): readonly TrackedPerson[] {
  return people.filter(({ confirmed, track }) => confirmed && track.time === time);
}

/** Whether somebody who was shown is out of sight and not yet forgotten. */
export function isAnybodyLost({ people, time }: Scene): boolean {
  return people.some(({ confirmed, track }) => confirmed && track.time < time);
}

/**
 * The crops to look at in a frame taken at `time`, milliseconds: first those of everybody found in the newest frame, however long ago that
 * was, then those of people last found shortly before `time`.
 */
export function expectedRois({ people, time: newest }: Scene, time: number, image: Size): ExpectedRois {
  const isInView = ({ track }: TrackedPerson) => track.time === newest;
  const lost = people.filter((person) => !isInView(person) && time - person.track.time <= CROP_MS);
  const rois = [...people.filter(isInView), ...lost].map(({ track }) => expectedRoi(track, time, image));
  return lost.length > 0 ? { rois, lost: lost.length } : { rois };
}
