/**
 * Everybody in a still picture, as far as one looks: first at the whole and at overlapping parts of it, in which small people are larger;
 * then once more at the box round what each of these found; of several looks at the same person the surest is kept.
 */
import { firstRois, nextRoi, type Present } from './find';
import { isSomebody, type Pose, poseScore } from './pose';
import { roiOverlap, type Size } from './roi';
import { MIRROR } from './skeleton';
import type { Roi } from './space';

/** One look: a pose with its scores, and the same joints with their presences. */
export interface Sighting extends Present {
  readonly pose: Pose;
}

/** Parts of the picture: so many along each side, each of this share of the longer side. */
const PARTS = 3;
const PART_SHARE = 0.6;
/** Of two second squares that overlap this much (intersection over union) one is enough. */
const SAME_SQUARE = 0.5;
const MOST_PEOPLE = 8;
/** The first person is whoever has a few joints that are rather there than not; a further one has at least this mean score. */
const FURTHER_SCORE = 0.3;
/** Two poses are one person's when more than SAME_JOINTS of their sure joints lie within SAME_REACH of the larger crop's side. */
const SAME_REACH = 0.1;
const SAME_JOINTS = 0.5;

/** The squares for the first look: those of a quick find, and the overlapping parts. */
export function searchRois(image: Size): Roi[] {
  const side = PART_SHARE * Math.max(image.width, image.height);
  const along = (length: number) =>
    length <= side ? [length / 2] : Array.from({ length: PARTS }, (_, i) => side / 2 + (i / (PARTS - 1)) * (length - side));
  const parts = along(image.height).flatMap((cy) => along(image.width).map((cx) => ({ cx, cy, side })));
  return [...firstRois(image), ...parts];
}

/** The squares for the second look, the most telling first. */
function secondRois(sightings: readonly Present[], image: Size): Roi[] {
  const rois: Roi[] = [];
  for (const sighting of [...sightings].sort((a, b) => poseScore(b.presence) - poseScore(a.presence))) {
    const roi = nextRoi(sighting, image);
    if (roi && rois.every((other) => roiOverlap(roi, other) < SAME_SQUARE)) rois.push(roi);
  }
  return rois.slice(0, MOST_PEOPLE);
}

/** Whether two looks saw one person, be it with left and right exchanged. reach: image pixels. */
function samePerson(a: Pose, b: Pose, reach: number): boolean {
  const agreement = (pick: (joint: number) => number) => {
    let [near, all] = [0, 0];
    a.forEach((joint, i) => {
      const other = b[pick(i)];
      const weight = Math.min(joint.score, other?.score ?? 0);
      all += weight;
      if (other && Math.hypot(joint.x - other.x, joint.y - other.y) < reach) near += weight;
    });
    return all > 0 ? near / all : 0;
  };
  return agreement((i) => i) > SAME_JOINTS || agreement((i) => MIRROR[i] ?? i) > SAME_JOINTS;
}

interface Seen<T> {
  readonly sighting: T;
  /** Of the square, image pixels. */
  readonly side: number;
  readonly score: number;
}

/** The surest first, each person once. */
function distinct<T extends Sighting>(seen: readonly Seen<T>[]): Seen<T>[] {
  const kept: Seen<T>[] = [];
  for (const one of [...seen].sort((a, b) => b.score - a.score)) {
    const sure = kept.length === 0 ? isSomebody(one.sighting.pose) : one.score >= FURTHER_SCORE;
    const known = kept.some((other) =>
      samePerson(one.sighting.pose, other.sighting.pose, SAME_REACH * Math.max(one.side, other.side)),
    );
    if (sure && !known) kept.push(one);
  }
  return kept;
}

/** For each, which joints are also joints of somebody surer. */
function takenJoints(kept: readonly Seen<Sighting>[]): boolean[][] {
  return kept.map(({ sighting, side }, i) =>
    sighting.pose.map(({ x, y }, joint) =>
      kept.slice(0, i).some(({ sighting: { pose } }) => {
        const theirs = pose[joint];
        return theirs !== undefined && Math.hypot(theirs.x - x, theirs.y - y) < (SAME_REACH * side) / 2;
      }),
    ),
  );
}

const without = (pose: Pose, taken: readonly boolean[] = []) =>
  pose.map((joint, i) => (taken[i] ? { ...joint, score: 0 } : joint));

/** The surest first; none if nobody is there. look: answers in the order of the squares; what it saw is returned only if it is a
 * `last` look. Rejects as it does. */
export async function search<T extends Sighting>(
  look: (rois: readonly Roi[], last: boolean) => Promise<readonly T[]>,
  image: Size,
): Promise<T[]> {
  const seenIn = async (rois: readonly Roi[]): Promise<Seen<T>[]> => {
    if (rois.length === 0) return [];
    const sightings = await look(rois, true);
    return sightings.map((sighting, i) => ({ sighting, side: rois[i]?.side ?? 0, score: poseScore(sighting.pose) }));
  };
  const kept = distinct(await seenIn(secondRois(await look(searchRois(image), false), image)));
  // Who has joints of somebody surer was cut with that person: once more, round their own joints; the old look counts by those alone.
  const taken = takenJoints(kept);
  const disputed = kept.map(({ sighting: { presence } }, i) => (taken[i]?.includes(true) ? without(presence, taken[i]) : []));
  const again = await seenIn(disputed.flatMap((presence) => nextRoi({ presence }, image) ?? []));
  const before = kept.map((one, i) => ({ ...one, score: poseScore(without(one.sighting.pose, taken[i])) }));
  return distinct([...before, ...again]).map(({ sighting }) => sighting);
}
