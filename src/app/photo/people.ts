import type { MapDetail, PersonResult, Region } from '../../engine/protocol';
import { isSomebody, MIN_JOINT_SCORE } from '../../pose/pose';
import { type Box, boxFromPose, iou, roiAround, roiFromBox, type Size } from '../../pose/roi';
import { EDGES } from '../../pose/skeleton';
import type { ImagePoint } from '../../pose/space';

/** How a person was detected: by the app itself, at a click, or in a box that the user drew. */
export type Origin =
  | { readonly kind: 'found' }
  | { readonly kind: 'point'; readonly at: ImagePoint }
  | { readonly kind: 'box'; readonly box: Box };

export interface Person {
  readonly id: number;
  readonly origin: Origin;
  readonly result: PersonResult;
}

/**
 * Turns the partial or final results of one search into people; those found earlier keep their ids. Results with the same crop are the same
 * person.
 */
export function nameFound(newId: () => number): (results: readonly PersonResult[]) => Person[] {
  const ids = new Map<string, number>();
  return (results) =>
    results.map((result) => {
      const { cx, cy, side } = result.roi;
      const crop = `${cx} ${cy} ${side}`;
      const id = ids.get(crop) ?? newId();
      ids.set(crop, id);
      return { id, origin: { kind: 'found' }, result };
    });
}

/** Side of the first crop around a click, as a share of the frame's longer side, until somebody found shows how large people are. */
const CLICK_SHARE = 0.5;
/** People found by two passes count as one when their boxes overlap this much (intersection over union). */
const SAME_PERSON = 0.5;

/** The region for an origin: a drawn box as it is; a crop around a click, as large as the nearest known person's, to be refined. */
export function regionFor(origin: Exclude<Origin, { kind: 'found' }>, known: readonly Person[], image: Size): Region {
  if (origin.kind === 'box') return { roi: roiFromBox(origin.box), refine: false };
  const longer = Math.max(image.width, image.height);
  const nearest = known
    .map(({ result }) => ({
      side: result.roi.side,
      distance: Math.hypot(result.roi.cx - origin.at.x, result.roi.cy - origin.at.y),
    }))
    .sort((a, b) => a.distance - b.distance)[0];
  const share = nearest ? Math.min(CLICK_SHARE, nearest.side / longer) : CLICK_SHARE;
  return { roi: roiAround(origin.at, image, share), refine: true };
}

function samePerson(a: Person, b: Person): boolean {
  const [one, two] = [boxFromPose(a.result.pose, MIN_JOINT_SCORE), boxFromPose(b.result.pose, MIN_JOINT_SCORE)];
  return one !== undefined && two !== undefined && iou(one, two) > SAME_PERSON;
}

/** Whether a drawn box contains a person's centre. */
function boxHolds({ origin }: Person, other: Person): boolean {
  const box = boxFromPose(other.result.pose, MIN_JOINT_SCORE);
  if (origin.kind !== 'box' || !box) return false;
  const [x, y] = [box.x + box.width / 2 - origin.box.x, box.y + box.height / 2 - origin.box.y];
  return x >= 0 && y >= 0 && x <= origin.box.width && y <= origin.box.height;
}

/**
 * The list with one more person, who replaces anybody found or clicked there: the same person, or anybody whose centre is in the drawn
 * box. People from drawn boxes stay until they are removed.
 */
export function withPerson(people: readonly Person[], added: Person): readonly Person[] {
  const there = (person: Person) => samePerson(person, added) || boxHolds(added, person);
  const replaced = (person: Person) => person.id === added.id || (person.origin.kind !== 'box' && there(person));
  return [...people.filter((person) => !replaced(person)), added];
}

/** Joints of a click that lie this close to the same joint of a known person are that person's. Share of the crop's side. */
const SAME_JOINT = 0.06;

/** What a click found: somebody new or detected no worse than before ('better'), a known person who was detected better, or nobody. */
export function judgeClick(people: readonly Person[], added: Person): 'better' | 'nobody' | Person {
  const sure = ({ result }: Person) => result.pose.filter(({ score }) => score >= MIN_JOINT_SCORE).length;
  const known = people.find((person) => samePerson(person, added));
  if (known) return sure(known) > sure(added) ? known : 'better';
  const { pose, roi } = added.result;
  const own = pose.filter(
    (joint, i) =>
      !people.some(({ result }) => {
        const theirs = result.pose[i];
        const far = theirs ? Math.hypot(theirs.x - joint.x, theirs.y - joint.y) : Number.POSITIVE_INFINITY;
        return far < SAME_JOINT * roi.side && (theirs?.score ?? 0) >= joint.score;
      }),
  );
  return isSomebody(own) ? 'better' : 'nobody';
}

/** Adds the maps of repeated passes, by the people's ids, and leaves the joints as they were. */
export function withMaps(people: readonly Person[], fresh: ReadonlyMap<number, PersonResult | undefined>): readonly Person[] {
  return people.map((person) => {
    const repeated = fresh.get(person.id);
    if (!repeated) return person;
    const { coarseMaps, fineMaps, fineOrigins } = repeated;
    const maps = { ...(coarseMaps && { coarseMaps }), ...(fineMaps && { fineMaps }), ...(fineOrigins && { fineOrigins }) };
    return { ...person, result: { ...person.result, ...maps } };
  });
}

/** The maps that a result came with. */
export function mapsOf(result: PersonResult): MapDetail {
  if (!result.coarseMaps) return 'none';
  return result.fineMaps ? 'all' : 'coarse';
}

/** Whether `have` lacks something of `want`. */
export function lacksMaps(have: MapDetail, want: MapDetail): boolean {
  const order: readonly MapDetail[] = ['none', 'coarse', 'all'];
  return order.indexOf(have) < order.indexOf(want);
}

/** The joint of a drawn person that lies nearest to a point, within `reach` image pixels. */
export function jointAt(people: readonly Person[], at: ImagePoint, reach: number, threshold: number) {
  return people
    .flatMap(({ id, result }) =>
      result.pose.map((joint, index) => ({
        person: id,
        joint: index,
        score: joint.score,
        far: Math.hypot(joint.x - at.x, joint.y - at.y),
      })),
    )
    .filter(({ score, far }) => score >= threshold && far <= reach)
    .sort((a, b) => a.far - b.far)[0];
}

/** How far the body extends from a bone, as a share of the crop's side. */
const BODY = 0.08;

/** Distance from a point to the line segment between two others. */
function farFromLine(at: ImagePoint, a: ImagePoint, b: ImagePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((at.x - a.x) * dx + (at.y - a.y) * dy) / Math.max(1e-9, dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(a.x + share * dx - at.x, a.y + share * dy - at.y);
}

/** The person whose body contains a point; of several, the one with the nearest bone. */
export function personAt(people: readonly Person[], at: ImagePoint, threshold: number): Person | undefined {
  return people
    .map((person) => {
      const { pose, roi } = person.result;
      const bones = EDGES.flatMap(([a, b]) => {
        const [from, to] = [pose[a], pose[b]];
        return from && to && Math.min(from.score, to.score) >= threshold ? farFromLine(at, from, to) : [];
      });
      return { person, far: Math.min(...bones) / roi.side };
    })
    .filter(({ far }) => far <= BODY)
    .sort((a, b) => a.far - b.far)[0]?.person;
}
