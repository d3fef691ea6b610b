import { expect, it } from 'vitest';
import {
  cellPoint,
  cellToCrop,
  cropPoint,
  cropToCell,
  cropToImage,
  imagePoint,
  imageToCrop,
  imageToView,
  viewToImage,
} from './space';

const roi = { cx: 300, cy: 120, side: 384 };

it('maps the corners of the crop to the corners of the input', () => {
  expect(imageToCrop(imagePoint(108, -72), roi, 192)).toMatchObject({ x: 0, y: 0 });
  expect(imageToCrop(imagePoint(492, 312), roi, 192)).toMatchObject({ x: 192, y: 192 });
});

it('puts the centre of a cell at (i + 0.5) * stride', () => {
  expect(cellToCrop(cellPoint(0.5, 23.5), 8)).toMatchObject({ x: 4, y: 188 });
  expect(cellToCrop(cellPoint(0.5, 0.5), 4, cropPoint(-16, 24))).toMatchObject({ x: -14, y: 26 });
});

it('round-trips between image, crop and cell', () => {
  const p = imagePoint(217.3, 45.9);
  const crop = imageToCrop(p, roi, 192);
  const origin = cropPoint(24, -8);
  const back = cropToImage(cellToCrop(cropToCell(crop, 4, origin), 4, origin), roi, 192);
  expect(back.x).toBeCloseTo(p.x, 9);
  expect(back.y).toBeCloseTo(p.y, 9);
});

it('mirrors x as width - x, in the view only', () => {
  const view = { scale: 2, left: 10, top: 5, mirrored: true, width: 100 };
  expect(imageToView(imagePoint(0, 3), view)).toMatchObject({ x: 210, y: 11 });
  const p = imagePoint(31.5, 7.25);
  expect(viewToImage(imageToView(p, view), view)).toMatchObject({ x: 31.5, y: 7.25 });
});
