import { expect, it } from 'vitest';
import { keypoint } from './pose';
import { refinedRoi } from './refine';

const image = { width: 480, height: 480 };
const person = [keypoint(100, 100, 0.9), keypoint(140, 100, 0.9), keypoint(120, 200, 0.9), keypoint(400, 400, 0.01)];

it('crops around the joints that are present, with a margin', () => {
  expect(refinedRoi(person, image)).toEqual({ cx: 120, cy: 150, side: 130 });
});

it('returns no crop if no joint is certain enough', () => {
  const unsure = person.map((joint) => ({ ...joint, score: 0.01 }));
  expect(refinedRoi(unsure, image)).toBeUndefined();
});
