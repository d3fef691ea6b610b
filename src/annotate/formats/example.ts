import { keypoint } from '../../pose/pose';
import { JOINT_COUNT } from '../../pose/skeleton';
import { imagePoint } from '../../pose/space';
import type { ImageDocument, Label, Subject, Visibility } from '../document';
import type { SizedImage } from './notes';

/** Sessions for tests: random, but the same for the same seed. */

/** Numbers 0..1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` images of odd sizes with 0 to 3 people, whose coordinates use the full precision of a number. */
export function exampleSession(count: number, seed: number): SizedImage[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const size = { width: 37 + Math.floor(random() * 5000), height: 41 + Math.floor(random() * 4000) };
    const subjects = Array.from({ length: i % 4 }, (_, k): Subject => {
      const point = () => imagePoint((random() * 1.2 - 0.1) * size.width, (random() * 1.2 - 0.1) * size.height);
      return {
        id: 2 * k + 1,
        box: { x: random() * 10, y: random() * 10, width: random() * size.width, height: random() * size.height },
        labels: Array.from({ length: JOINT_COUNT }, (): Label => {
          const visibility = Math.floor(random() * 3) as Visibility;
          return visibility === 0 ? { ...imagePoint(0, 0), visibility } : { ...point(), visibility };
        }),
        prediction: k === 1 ? undefined : Array.from({ length: JOINT_COUNT }, () => keypoint(point().x, point().y, random())),
        foreign: undefined,
      };
    });
    const verdict = (['open', 'accepted', 'flagged'] as const)[i % 3] ?? 'open';
    const name = i % 2 ? `image-${i}.jpg` : `some folder/image-${i}.png`;
    return { id: 100 + i, name, size, document: { subjects, nextId: 9 }, verdict, edited: i % 2 === 0, foreign: undefined };
  });
}

/** What has to survive COCO-19 and YOLO-19 exactly: boxes and labels. */
export function labelsOf(document: ImageDocument): Pick<Subject, 'box' | 'labels'>[] {
  return document.subjects.map(({ box, labels }) => ({ box, labels }));
}
