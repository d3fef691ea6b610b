/**
 * Everybody in a still picture, as far as one looks: first at the whole and at overlapping parts of it, in which small people are larger;
 * then once more at the box round what each of these found; of several looks at the same person the surest is kept. Once somebody is
 * known, the same in the gaps between them (gaps.ts).
 */
import { firstRois, nextRoi, type Present } from './find';
import { gapRois } from './gaps';
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

/** Which joints lie where others have the same joint. reach: image pixels. */
function sharedJoints(pose: Pose, others: readonly Pose[], reach: number): boolean[] {
  return pose.map(({ x, y }, joint) =>
    others.some((other) => {
      const theirs = other[joint];
      return theirs !== undefined && Math.hypot(theirs.x - x, theirs.y - y) < reach;
    }),
  );
}

const without = (pose: Pose, taken: readonly boolean[] = []) =>
  pose.map((joint, i) => (taken[i] ? { ...joint, score: 0 } : joint));

/** What a first look saw, and the square that it asks for. */
interface Clue extends Present {
  readonly roi: Roi;
}

/** The clues of those looks that saw anybody, the most telling first. */
function cluesOf(sightings: readonly Present[], image: Size): Clue[] {
  return [...sightings]
    .sort((a, b) => poseScore(b.presence) - poseScore(a.presence))
    .flatMap(({ presence }): Clue | [] => {
      const roi = nextRoi({ presence }, image);
      return roi ? { presence, roi } : [];
    });
}

/**
 * The squares for the second look, the most telling first; none of the known people's. A first look at two people mixes their joints;
 * where another look asks for its square, too, the joints that the others do not have tell where somebody else is. They may be no more
 * than a head, so they ask for a square as large as the smallest of the others.
 */
function secondRois(sightings: readonly Present[], image: Size, known: readonly Clue[] = []): Roi[] {
  const followed = [...known];
  const mixed: Clue[] = [];
  const isNew = ({ roi }: Clue) => followed.every((other) => roiOverlap(roi, other.roi) < SAME_SQUARE);
  for (const clue of cluesOf(sightings, image)) (isNew(clue) ? followed : mixed).push(clue);
  const smallest = Math.min(...followed.map(({ roi }) => roi.side));
  for (const { presence, roi } of mixed) {
    const others = followed.map((other) => other.presence);
    const rest = without(presence, sharedJoints(presence, others, SAME_REACH * roi.side));
    const around = nextRoi({ presence: rest }, image);
    const clue = around && { presence: rest, roi: { ...around, side: Math.max(around.side, smallest) } };
    if (clue && isNew(clue)) followed.push(clue);
  }
  return followed.slice(known.length, known.length + MOST_PEOPLE).map(({ roi }) => roi);
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
  const poses = kept.map(({ sighting }) => sighting.pose);
  return kept.map(({ sighting, side }, i) => sharedJoints(sighting.pose, poses.slice(0, i), (SAME_REACH * side) / 2));
}

/** Answers in the order of the squares; what it saw is returned only if it is a `last` look. */
type Look<T> = (rois: readonly Roi[], last: boolean) => Promise<readonly T[]>;

async function lookLast<T extends Sighting>(look: Look<T>, rois: readonly Roi[]): Promise<Seen<T>[]> {
  if (rois.length === 0) return [];
  const sightings = await look(rois, true);
  return sightings.map((sighting, i) => ({ sighting, side: rois[i]?.side ?? 0, score: poseScore(sighting.pose) }));
}

/** Who it was that was seen, after one more look where two looks have joints in common. */
async function settle<T extends Sighting>(look: Look<T>, seen: readonly Seen<T>[], image: Size): Promise<Seen<T>[]> {
  const kept = distinct(seen);
  // Who has joints of somebody surer was cut with that person: once more, round their own joints; the old look counts by those alone.
  const taken = takenJoints(kept);
  const disputed = kept.map(({ sighting: { presence } }, i) => (taken[i]?.includes(true) ? without(presence, taken[i]) : []));
  const again = await lookLast(
    look,
    disputed.flatMap((presence) => nextRoi({ presence }, image) ?? []),
  );
  const before = kept.map((one, i) => ({ ...one, score: poseScore(without(one.sighting.pose, taken[i])) }));
  return distinct([...before, ...again]);
}

async function searchTwice<T extends Sighting>(look: Look<T>, image: Size): Promise<Seen<T>[]> {
  const rois = secondRois(await look(searchRois(image), false), image);
  return settle(look, await lookLast(look, rois), image);
}

/** Who is seen in two looks: the surest first; none if nobody is there. Rejects as the look does. */
export async function search<T extends Sighting>(look: Look<T>, image: Size): Promise<T[]> {
  return (await searchTwice(look, image)).map(({ sighting }) => sighting);
}

/** The same, and then whoever is about as large as they are and where none of them is. */
export async function searchOn<T extends Sighting>(look: Look<T>, image: Size): Promise<T[]> {
  const found = await searchTwice(look, image);
  const known = cluesOf(
    found.map(({ sighting }) => sighting),
    image,
  );
  const gaps = gapRois(
    known.map(({ roi }) => roi),
    image,
  );
  const rois = gaps.length > 0 ? secondRois(await look(gaps, false), image, known) : [];
  const further = await lookLast(look, rois);
  const all = further.length > 0 ? await settle(look, [...found, ...further], image) : found;
  return all.map(({ sighting }) => sighting);
}
