import { expect, it } from 'vitest';
import { keypoint } from './pose';
import { boxFromPose, clampPoint, clampRoi, iou, roiAround, roiBox, roiFromBox, roiFromPose, wholeFrameRoi } from './roi';
import { imagePoint } from './space';

const image = { width: 640, height: 480 };
const pose = [keypoint(100, 50, 0.9), keypoint(140, 250, 0.8), keypoint(120, 90, 0.7), keypoint(600, 400, 0.05)];

it('crops around the centre of a box, slightly wider than its longer side', () => {
  expect(roiFromBox({ x: 10, y: 20, width: 40, height: 100 })).toEqual({ cx: 30, cy: 70, side: 106.25 });
});

it('covers the whole frame with a square of the longer side', () => {
  expect(wholeFrameRoi(image)).toEqual({ cx: 320, cy: 240, side: 640 });
});

it('includes only joints with a sufficient score in the box', () => {
  expect(boxFromPose(pose, 0.3)).toEqual({ x: 100, y: 50, width: 40, height: 200 });
  expect(roiFromPose(pose, image, 0.3)).toEqual({ cx: 120, cy: 150, side: 212.5 });
});

it('returns no crop if too few joints have a sufficient score', () => {
  expect(roiFromPose(pose, image, 0.75)).toBeUndefined();
});

it('clamps a crop’s centre to the image, and limits its side', () => {
  expect(clampRoi({ cx: -50, cy: 900, side: 9000 }, image)).toEqual({ cx: 0, cy: 480, side: 1280 });
  expect(clampRoi({ cx: 5, cy: 5, side: 0 }, image).side).toBe(16);
});

it('makes a crop around a point, and a box from a crop', () => {
  const roi = roiAround(imagePoint(100, 200), image, 0.5);
  expect(roi).toEqual({ cx: 100, cy: 200, side: 320 });
  expect(roiBox(roi)).toEqual({ x: -60, y: 40, width: 320, height: 320 });
});

it('clamps a point to the image', () => {
  expect(clampPoint(imagePoint(-3, 50), { width: 40, height: 30 })).toEqual({ x: 0, y: 30 });
  expect(clampPoint(imagePoint(7, 8), { width: 40, height: 30 })).toEqual({ x: 7, y: 8 });
});

it('measures intersection over union', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  expect(iou(box, box)).toBe(1);
  expect(iou(box, { ...box, x: 5 })).toBeCloseTo(1 / 3);
  expect(iou(box, { ...box, x: 10 })).toBe(0);
});
