import type { Box } from '../../pose/roi';
import type { FoundImage, FoundPerson } from './assemble';
import type { JointPlace } from './joint-table';

/** Somebody with joints, or a box, and the group that the annotator put them in; undefined if there is none. */
interface Member<P extends FoundPerson> {
  readonly person: P;
  readonly group: string | undefined;
}

type Boxed = FoundPerson & { readonly box: Box };

const NO_GROUP = '0';
const groupOf = (id: string | undefined) => (id === NO_GROUP ? undefined : id);

/** The people of one image or frame in a file of CVAT's. group: a group's id as the file has it. */
export class CvatPeople {
  private readonly whole: Member<FoundPerson>[] = [];
  /** People made up of single points, by group. */
  private readonly grouped = new Map<string, Map<string, JointPlace>>();
  private readonly boxed: Member<Boxed>[] = [];
  private complaint: string | undefined;

  add(person: FoundPerson, group: string | undefined): void {
    this.whole.push({ person, group: groupOf(group) });
  }

  addBox(person: Boxed, group: string | undefined): void {
    this.boxed.push({ person, group: groupOf(group) });
  }

  addPoint(joint: string, place: JointPlace, group = NO_GROUP): void {
    const joints = this.grouped.get(group) ?? new Map<string, JointPlace>();
    if (joints.has(joint)) {
      this.complaint = `The joint ${joint} appears twice, and nothing says which person it belongs to. Group the points of each person.`;
    }
    this.grouped.set(group, joints.set(joint, place));
  }

  get found(): Pick<FoundImage, 'people' | 'complaint'> {
    const grouped = [...this.grouped].map(([group, joints]) => ({
      person: { category: 'person', joints, box: undefined },
      group: groupOf(group),
    }));
    const posed = [...this.whole, ...grouped];
    const boxes = ownBoxes(posed, this.boxed);
    const owned = new Set(boxes.values());
    const people = posed.map(({ person }) => ({ ...person, box: boxes.get(person)?.box }));
    const places = posed.flatMap(({ person }) => placesOf(person));
    const alone = this.boxed
      .map(({ person }) => person)
      .filter((person) => !owned.has(person) && !places.some((place) => liesIn(place, person.box))); // the others are drawn round somebody
    return { people: [...people, ...alone], ...(this.complaint !== undefined && { complaint: this.complaint }) };
  }
}

/**
 * The boxes drawn round people who have joints: those in the same group or else, from the smallest, those of a person's label in which all
 * joints of just one person lie. Not all boxes round somebody are: a bicycle's box may hold its rider.
 */
function ownBoxes(posed: readonly Member<FoundPerson>[], boxed: readonly Member<Boxed>[]): Map<FoundPerson, Boxed> {
  const boxes = new Map<FoundPerson, Boxed>();
  const assign = (box: Boxed, possible: readonly Member<FoundPerson>[]) => {
    const [owner, another] = possible.filter(({ person }) => !boxes.has(person));
    if (owner && !another) boxes.set(owner.person, box);
  };
  for (const { person: box, group } of boxed) {
    if (group !== undefined)
      assign(
        box,
        posed.filter((one) => one.group === group),
      );
  }
  const used = new Set(boxes.values());
  const left = boxed.map(({ person }) => person).filter((box) => !used.has(box));
  for (const one of left.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)) {
    const mayOwn = ({ person }: Member<FoundPerson>) =>
      (one.category === 'person' || one.category === person.category) &&
      placesOf(person).length > 0 &&
      placesOf(person).every((place) => liesIn(place, one.box));
    assign(one, posed.filter(mayOwn));
  }
  return boxes;
}

const placesOf = ({ joints }: FoundPerson): JointPlace[] => [...joints.values()].filter(({ v }) => v > 0);

const liesIn = ({ x, y }: JointPlace, box: Box): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
