import { expect, it } from 'vitest';
import { FIND_MARGIN, find, firstRois } from './find';
import { keypoint, type Pose } from './pose';
import type { Roi } from './space';

const square = { width: 480, height: 480 };
const person = [keypoint(100, 100, 0.9), keypoint(140, 100, 0.9), keypoint(120, 200, 0.9), keypoint(400, 400, 0.01)];
const unsure = person.map((joint) => ({ ...joint, score: 0.01 }));

/** Answers look after look, square after square. */
const looker = (answers: Pose[][]) => {
  const looks: (readonly Roi[])[] = [];
  const look = async (rois: readonly Roi[]) => {
    const poses = answers[looks.push(rois) - 1] ?? [];
    return rois.map((_, i) => ({ presence: poses[i] ?? [] }));
  };
  return { looks, look };
};

it('looks at the whole picture, then at the box round the sure joints, and answers with the second look', async () => {
  const better = [keypoint(1, 2, 1)];
  const { looks, look } = looker([[person], [better]]);
  expect(await find(look, square)).toEqual({ presence: better });
  expect(looks).toEqual([[{ cx: 240, cy: 240, side: 480 }], [{ cx: 120, cy: 150, side: 100 * FIND_MARGIN }]]);
});

it('finds nobody where no joints are sure', async () => {
  const { looks, look } = looker([[unsure]]);
  expect(await find(look, square)).toBeUndefined();
  expect(looks).toHaveLength(1);
});

it('looks at squares along an oblong picture, too, and follows the most telling', async () => {
  expect(firstRois({ width: 300, height: 100 })).toEqual([
    { cx: 150, cy: 50, side: 300 },
    { cx: 50, cy: 50, side: 100 },
    { cx: 150, cy: 50, side: 100 },
    { cx: 250, cy: 50, side: 100 },
  ]);
  expect(firstRois({ width: 100, height: 300 }).slice(1)).toMatchObject([{ cy: 50 }, { cy: 150 }, { cy: 250 }]);
  const { looks, look } = looker([[unsure, unsure, person, unsure], [person]]);
  await find(look, { width: 640, height: 480 });
  expect(looks[1]).toMatchObject([{ cx: 120, cy: 150 }]);
});
