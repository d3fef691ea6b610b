import type { Box } from '../../pose/roi';
import type { FoundImage, FoundPerson } from './assemble';

/** The images that one label file describes. */
interface FoundFile {
  readonly path: string;
  readonly images: readonly FoundImage[];
}

/**
 * The files without boxes that are no people, and a note on how many those were. A box without joints is a person if it is labelled as one,
 * or as somebody with joints is in any of the files.
 */
export function onlyPeople(files: readonly FoundFile[]): {
  readonly files: readonly FoundFile[];
  readonly notes: readonly string[];
} {
  const everybody = files.flatMap(({ images }) => images.flatMap(({ people }) => people));
  const labels = new Set(['person', ...everybody.filter(hasJoints).map(({ category }) => category)]);
  const isPerson = (one: FoundPerson) => hasJoints(one) || labels.has(one.category);
  const others = everybody.filter((one) => !isPerson(one)).length;
  const kept = files.map(({ path, images }) => ({
    path,
    images: images.map((image) => ({ ...image, people: image.people.filter(isPerson) })),
  }));
  return { files: kept, notes: others > 0 ? [noteOn(others)] : [] };
}

const hasJoints = ({ joints }: FoundPerson) => joints.size > 0;

const noteOn = (rectangles: number) =>
  rectangles === 1
    ? 'One rectangle without joints was left out. If it is a person, label it as person.'
    : `${rectangles} rectangles without joints were left out. If they are people, label them as person.`;

/** The one of the things whose box contains a point and is the smallest that does; undefined if none does. */
export function smallestHolding<T>(
  { x, y }: { readonly x: number; readonly y: number },
  things: readonly T[],
  boxOf: (thing: T) => Box,
): T | undefined {
  return things
    .map((thing) => ({ thing, box: boxOf(thing) }))
    .filter(({ box }) => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height)
    .toSorted((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0]?.thing;
}
