import { expect, it } from 'vitest';
import { agreed, unmirrored } from './flip';
import { keypoint, type Pose } from './pose';
import { JOINTS, MIRROR } from './skeleton';

const roi = { cx: 100, cy: 80, side: 200 };
const pose = (at: (joint: number) => readonly [x: number, y: number, score: number]): Pose =>
  JOINTS.map((_, joint) => keypoint(...at(joint)));

it('mirrors about the centre of the crop, and swaps left and right joints', () => {
  const found = pose((joint) => [60 + joint, 40 + joint, joint / 20]);
  const own = unmirrored(found, roi);
  JOINTS.forEach((_, joint) => {
    const twin = MIRROR[joint] ?? 0;
    expect(own[joint]).toEqual(keypoint(200 - (60 + twin), 40 + twin, twin / 20));
  });
  expect(unmirrored(own, roi)).toEqual(found);
});

it('takes the score-weighted mean of positions that are close together', () => {
  const [joint] = agreed(
    pose(() => [50, 60, 0.9]),
    pose(() => [54, 62, 0.3]),
    roi,
  );
  expect(joint).toEqual(keypoint(51, 60.5, expect.closeTo(0.6) as number));
});

it('takes the position with the higher score if two are far apart, with the mean of their scores', () => {
  const left = pose(() => [50, 60, 0.4]);
  const right = pose(() => [90, 60, 0.6]);
  expect(agreed(left, right, roi)[3]).toEqual(keypoint(90, 60, 0.5));
  expect(agreed(right, left, roi)[3]).toEqual(keypoint(90, 60, 0.5));
});

it('leaves joints in place if both scores are 0', () => {
  const nobody = pose(() => [50, 60, 0]);
  expect(agreed(nobody, nobody, roi)).toEqual(nobody);
});
