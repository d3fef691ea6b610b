import { expect, it } from 'vitest';
import { keypoint } from '../pose/pose';
import { JOINT_COUNT } from '../pose/skeleton';
import { draftDocument, worstScore } from './draft';

const image = { width: 200, height: 300 };
const pose = (score: (joint: number) => number) =>
  Array.from({ length: JOINT_COUNT }, (_, j) => keypoint(50 + j, 100 + 10 * j, score(j)));

it('labels the joints that reach the threshold, keeps the prediction, and adds a margin to the box', () => {
  const found = pose((j) => (j < 10 ? 0.9 : 0.1));
  const { subjects, nextId } = draftDocument([{ pose: found }], image, 0.2);
  expect(nextId).toBe(2);
  expect(subjects[0]?.labels.map(({ visibility }) => visibility)).toEqual([...Array(10).fill(2), ...Array(9).fill(0)]);
  expect(subjects[0]?.prediction).toBe(found);
  const box = subjects[0]?.box;
  expect(box?.y).toBeLessThan(100);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(190);
});

it('keeps the box within the image', () => {
  const atEdge = pose(() => 0.9).map((joint) => keypoint(joint.x - 50, joint.y + 20, 0.9));
  const box = draftDocument([{ pose: atEdge }], image, 0.2).subjects[0]?.box;
  expect(box?.x).toBe(0);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(300);
});

it('proposes nobody if too few joints reach the threshold', () => {
  const unsure = pose((j) => (j < 2 ? 0.9 : 0.1));
  expect(draftDocument([{ pose: unsure }], image, 0.2).subjects).toEqual([]);
});

it("gives the worst person's score, or none if nothing was predicted", () => {
  const document = draftDocument([{ pose: pose(() => 0.8) }, { pose: pose(() => 0.4) }], image, 0.2);
  expect(worstScore(document)).toBeCloseTo(0.4);
  expect(worstScore({ subjects: [], nextId: 1 })).toBeUndefined();
  const [person] = document.subjects;
  const crowd = person ? Array.from({ length: 500_000 }, () => person) : [];
  expect(worstScore({ subjects: crowd, nextId: 1 })).toBeCloseTo(0.8); // more than a function call accepts as arguments
});

it('keeps doubtful people apart as suggestions, with ids from the same sequence', () => {
  const document = draftDocument([{ pose: pose(() => 0.8) }, { pose: pose(() => 0.5), doubtful: true }], image, 0.2);
  expect(document.subjects.map(({ id }) => id)).toEqual([1]);
  expect(document.suggestions?.map(({ id }) => id)).toEqual([2]);
  expect(document.nextId).toBe(3);
});

it('labels no joint outside the image, but puts one just outside on the border', () => {
  const cut = pose(() => 0.9).map((joint, j) => (j < 2 ? keypoint(j === 0 ? -3 : -40, joint.y, 0.9) : joint));
  const [person] = draftDocument([{ pose: cut }], image, 0.2).subjects;
  expect(person?.labels[0]).toEqual({ x: 0, y: 100, visibility: 2 });
  expect(person?.labels[1]?.visibility).toBe(0);
  expect(person?.prediction).toBe(cut);
});
