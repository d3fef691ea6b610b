import { expect, it } from 'vitest';
import { FIND_MARGIN, firstRois, nextRoi } from './find';
import { keypoint } from './pose';

const square = { width: 480, height: 480 };
const person = [keypoint(100, 100, 0.9), keypoint(140, 100, 0.9), keypoint(120, 200, 0.9), keypoint(400, 400, 0.01)];
const unsure = person.map((joint) => ({ ...joint, score: 0.01 }));

it('runs next on the box around the sure joints', () => {
  expect(nextRoi({ presence: person }, square)).toEqual({ cx: 120, cy: 150, side: 100 * FIND_MARGIN });
});

it('finds nobody where no joints are sure', () => {
  expect(nextRoi({ presence: unsure }, square)).toBeUndefined();
});

it('runs first on the whole image, and on squares along an oblong one', () => {
  expect(firstRois(square)).toEqual([{ cx: 240, cy: 240, side: 480 }]);
  expect(firstRois({ width: 300, height: 100 })).toEqual([
    { cx: 150, cy: 50, side: 300 },
    { cx: 50, cy: 50, side: 100 },
    { cx: 150, cy: 50, side: 100 },
    { cx: 250, cy: 50, side: 100 },
  ]);
  expect(firstRois({ width: 100, height: 300 }).slice(1)).toMatchObject([{ cy: 50 }, { cy: 150 }, { cy: 250 }]);
});
