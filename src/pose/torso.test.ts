import { expect, it } from 'vitest';
import { keypoint, type Pose } from './pose';
import { JOINTS, type JointName, jointIndex } from './skeleton';
import { colourDistance, torsoBox } from './torso';

/** A pose with these joints, and no others. */
function poseOf(places: Readonly<Partial<Record<JointName, readonly [x: number, y: number]>>>): Pose {
  return JOINTS.map((name) => {
    const [x, y] = places[name] ?? [0, 0];
    return keypoint(x, y, places[name] ? 0.8 : 0.1);
  });
}

it('lies between shoulders and hips, within the width of both', () => {
  const standing = poseOf({ left_shoulder: [140, 100], right_shoulder: [100, 100], left_hip: [135, 200], right_hip: [105, 200] });
  expect(torsoBox(standing)).toEqual({ x: 105, y: 120, width: 30, height: 60 });
  const lying = poseOf({ left_shoulder: [100, 100], right_shoulder: [100, 140], left_hip: [200, 105], right_hip: [200, 135] });
  expect(torsoBox(lying)).toEqual({ x: 120, y: 105, width: 60, height: 30 });
});

it('lies below the shoulders if the hips are not visible, and is undefined without both shoulders', () => {
  const sitting = poseOf({ left_shoulder: [200, 100], right_shoulder: [100, 100] });
  expect(torsoBox(sitting)).toEqual({ x: 135, y: 120, width: 30, height: 60 });
  expect(torsoBox(sitting.with(jointIndex('left_shoulder'), keypoint(200, 100, 0.1)))).toBeUndefined();
  expect(torsoBox(poseOf({ left_shoulder: [9, 9], right_shoulder: [9, 9] }))).toBeUndefined(); // without any extent
});

it('measures the distance between colours', () => {
  expect(colourDistance([0.1, 0.2, 0.3], [0.1, 0.2, 0.3])).toBe(0);
  expect(colourDistance([0, 0, 0], [1, 1, 1])).toBeCloseTo(Math.sqrt(3));
});
