import { expect, it } from 'vitest';
import { imagePoint } from '../pose/space';
import { aimAt, aimedBox, cornerAim, moveAim } from './aim';

const IMAGE = { width: 100, height: 80 };

it('spans a box from its corner in any direction, and stays inside the image', () => {
  const corner = cornerAim(aimAt(imagePoint(50, 40)));
  expect(aimedBox(moveAim(corner, -20, 10, IMAGE))).toEqual({ x: 30, y: 40, width: 20, height: 10 });
  expect(aimedBox(moveAim(corner, 900, -900, IMAGE))).toEqual({ x: 50, y: 0, width: 50, height: 40 });
  expect(aimedBox(moveAim(aimAt(imagePoint(50, 40)), 5, 5, IMAGE))).toBeUndefined();
});
