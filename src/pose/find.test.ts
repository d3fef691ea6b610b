import { expect, it } from 'vitest';
import { FIND_MARGIN, find } from './find';
import { keypoint, type Pose } from './pose';
import type { Roi } from './space';

const image = { width: 640, height: 480 };
const person = [keypoint(100, 100, 0.9), keypoint(140, 100, 0.9), keypoint(120, 200, 0.9), keypoint(600, 400, 0.01)];

const looker = (answers: Pose[]) => {
  const rois: Roi[] = [];
  return { rois, look: async (roi: Roi) => ({ presence: answers[rois.push(roi) - 1] ?? [] }) };
};

it('looks at the whole picture, then at the box round the sure joints, and answers with the second look', async () => {
  const better = [keypoint(1, 2, 1)];
  const { rois, look } = looker([person, better]);
  expect(await find(look, image)).toEqual({ presence: better });
  expect(rois).toEqual([
    { cx: 320, cy: 240, side: 640 },
    { cx: 120, cy: 150, side: 100 * FIND_MARGIN },
  ]);
});

it('finds nobody where no joints are sure', async () => {
  const { rois, look } = looker([person.map((joint) => ({ ...joint, score: 0.01 }))]);
  expect(await find(look, image)).toBeUndefined();
  expect(rois).toHaveLength(1);
});
