import { expect, it } from 'vitest';
import { expectedOks, oksTerm, poseArea, poseSimilarity } from './oks';
import { keypoint, type Pose } from './pose';
import { JOINTS } from './skeleton';

/** A person 60 px wide and 200 px high whose joints all have the score. */
const person = (left: number, score = 0.9): Pose =>
  JOINTS.map((_, joint) => keypoint(left + (joint % 2) * 60, (joint / (JOINTS.length - 1)) * 200, score));

it('is 1 for the same pose and falls with distance', () => {
  const similarities = [0, 5, 15, 40, 200].map((shift) => poseSimilarity(person(100), person(100 + shift)));
  expect(similarities[0]).toBe(1);
  expect([...similarities].sort((a, b) => b - a)).toEqual(similarities);
  expect(similarities[1]).toBeGreaterThan(0.8);
  expect(similarities.at(-1)).toBeLessThan(0.01);
});

it('matches its formula', () => {
  // e^(-d^2 / (2 area (2 sigma)^2)) with d = 10, area = 10,000, sigma = .026
  expect(oksTerm(10, 10_000, 0)).toBeCloseTo(Math.exp(-100 / (2 * 10_000 * 0.052 ** 2)));
  expect(oksTerm(10, 10_000, 0, 2)).toBeCloseTo(Math.exp(-100 / (2 * 10_000 * 0.104 ** 2)));
});

it('ignores joints that are not visible in both poses', () => {
  const half = person(300).map((joint, i) => (i < 11 ? { ...joint, score: 0.05 } : (person(100)[i] ?? joint)));
  expect(poseSimilarity(person(100), half)).toBe(1);
  expect(poseSimilarity(person(100), person(100, 0.1))).toBe(0);
});

it('gives a pose without width an area, but not one without visible joints', () => {
  const line = person(100).map((joint) => ({ ...joint, x: 100 }));
  expect(poseArea(line)).toBeCloseTo(0.53 * 200 * (200 / 3));
  expect(poseArea(line.map((joint) => ({ ...joint, score: 0 })))).toBe(0);
});

it('expects an OKS as high as the scores of the joints that are there', () => {
  const half = person(100, 0.8).map((joint, i) => (i < 11 ? joint : { ...joint, score: 0 }));
  expect(expectedOks(person(100, 0.6))).toBeCloseTo(0.6);
  expect(expectedOks(half)).toBeCloseTo(0.8); // hidden joints do not count
  expect(expectedOks(half.map((joint, i) => (i === 0 ? { ...joint, score: 0.4 } : joint)))).toBeLessThan(0.8);
  expect(expectedOks(person(100, 0))).toBe(0);
});
