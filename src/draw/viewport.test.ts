import { expect, it } from 'vitest';
import { imagePoint, imageToView } from '../pose/space';
import { fitView } from './viewport';

it.each([
  [
    { width: 400, height: 200 },
    { width: 100, height: 100 },
  ],
  [
    { width: 200, height: 400 },
    { width: 300, height: 100 },
  ],
  [
    { width: 1, height: 1 },
    { width: 320, height: 240 },
  ],
  [
    { width: 8000, height: 6000 },
    { width: 333, height: 777 },
  ],
])('fits %o into %o, whole and centred', (image, canvas) => {
  const view = fitView(image, canvas);
  const start = imageToView(imagePoint(0, 0), view);
  const end = imageToView(imagePoint(image.width, image.height), view);
  expect(start.x + end.x).toBeCloseTo(canvas.width);
  expect(start.y + end.y).toBeCloseTo(canvas.height);
  expect(Math.min(start.x, start.y)).toBeCloseTo(0);
});
