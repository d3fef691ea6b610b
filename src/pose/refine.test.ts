import { expect, it } from 'vitest';
import { keypoint } from './pose';
import { refinedRoi } from './refine';

const image = { width: 480, height: 480 };
const person = [keypoint(100, 100, 0.9), keypoint(140, 100, 0.9), keypoint(120, 200, 0.9), keypoint(400, 400, 0.01)];

it('is the crop around the joints that are there, wider than they reach', () => {
  expect(refinedRoi(person, image)).toEqual({ cx: 120, cy: 150, side: 130 });
});

it('is none where no joints are sure', () => {
  const unsure = person.map((joint) => ({ ...joint, score: 0.01 }));
  expect(refinedRoi(unsure, image)).toBeUndefined();
});
