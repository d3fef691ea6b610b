import { expect, it } from 'vitest';
import { keypoint, mapPose, poseScore, toCocoKeypoints } from './pose';
import { JOINTS, jointIndex, TO_MPII16 } from './skeleton';

const pose = JOINTS.map((_, i) => keypoint(10 * i, i, i / 20));

it('averages the joint scores', () => {
  expect(poseScore([keypoint(0, 0, 0.2), keypoint(0, 0, 0.6)])).toBeCloseTo(0.4);
  expect(poseScore([])).toBe(0);
});

it('derives the pelvis of MPII from the hips', () => {
  const pelvis = mapPose(pose, TO_MPII16)[6];
  const hips = [jointIndex('left_hip'), jointIndex('right_hip')];
  expect(pelvis).toMatchObject({ x: 5 * (hips[0] ?? 0) + 5 * (hips[1] ?? 0), score: Math.min(...hips) / 20 });
});

it('throws for a pose with a missing joint', () => {
  expect(() => mapPose(pose.slice(0, 5), TO_MPII16)).toThrow(RangeError);
});

it('writes joints below the threshold as unlabelled in COCO', () => {
  const flat = toCocoKeypoints(pose, 0.5);
  expect(flat).toHaveLength(51);
  expect(flat.slice(27, 30)).toEqual([0, 0, 0]);
  expect(flat.slice(30, 33)).toEqual([100, 10, 2]);
});
