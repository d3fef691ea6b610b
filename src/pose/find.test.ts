import { expect, it } from 'vitest';
import { FIND_MARGIN, findRoi, firstRois } from './find';
import { keypoint, type Pose } from './pose';
import type { Roi } from './space';

const square = { width: 480, height: 480 };
const person = [keypoint(100, 100, 0.9), keypoint(140, 100, 0.9), keypoint(120, 200, 0.9), keypoint(400, 400, 0.01)];
const unsure = person.map((joint) => ({ ...joint, score: 0.01 }));

/** A pass that answers with these poses, crop by crop. */
const answering = (poses: Pose[]) => {
  const passes: (readonly Roi[])[] = [];
  const pass = async (rois: readonly Roi[]) => {
    passes.push(rois);
    return rois.map((_, i) => ({ presence: poses[i] ?? [] }));
  };
  return { passes, pass };
};

it('runs on the whole image and gives the box around the sure joints', async () => {
  const { passes, pass } = answering([person]);
  expect(await findRoi(pass, square)).toEqual({ cx: 120, cy: 150, side: 100 * FIND_MARGIN });
  expect(passes).toEqual([[{ cx: 240, cy: 240, side: 480 }]]);
});

it('finds nobody where no joints are sure', async () => {
  expect(await findRoi(answering([unsure]).pass, square)).toBeUndefined();
});

it('runs on squares along an oblong image, too, and follows the most telling', async () => {
  expect(firstRois({ width: 300, height: 100 })).toEqual([
    { cx: 150, cy: 50, side: 300 },
    { cx: 50, cy: 50, side: 100 },
    { cx: 150, cy: 50, side: 100 },
    { cx: 250, cy: 50, side: 100 },
  ]);
  expect(firstRois({ width: 100, height: 300 }).slice(1)).toMatchObject([{ cy: 50 }, { cy: 150 }, { cy: 250 }]);
  const { pass } = answering([unsure, unsure, person, unsure]);
  expect(await findRoi(pass, { width: 640, height: 480 })).toMatchObject({ cx: 120, cy: 150 });
});
