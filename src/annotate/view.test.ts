import { expect, it } from 'vitest';
import { imagePoint, imageToView, type View, viewPoint, viewToImage } from '../pose/space';
import { pinchOf } from '../pose/view';
import { moveView, viewOfBox } from './view';

const image = { width: 400, height: 300 };
const canvas = { width: 800, height: 600 };
const whole: View = { scale: 2, left: 0, top: 0, mirrored: false, width: 400 };

it('keeps the point under the cursor in place while zooming', () => {
  const at = viewPoint(523, 211);
  let view = whole;
  for (const factor of [1.3, 2, 1.7, 0.8]) {
    const before = viewToImage(at, view);
    view = moveView(view, at, at, factor, image, canvas);
    expect(viewToImage(at, view).x).toBeCloseTo(before.x, 9);
    expect(viewToImage(at, view).y).toBeCloseTo(before.y, 9);
  }
});

it('limits the zoom to between half of fit and 48 CSS pixels per image pixel', () => {
  const at = viewPoint(400, 300);
  expect(moveView(whole, at, at, 1e-9, image, canvas).scale).toBe(1);
  expect(moveView(whole, at, at, 1e9, image, canvas).scale).toBe(48);
});

it('pans with the pointer, and always keeps part of the image in sight', () => {
  const panned = moveView(whole, viewPoint(100, 100), viewPoint(130, 90), 1, image, canvas);
  expect(panned).toMatchObject({ left: 30, top: -10, scale: 2 });
  const far = moveView(whole, viewPoint(0, 0), viewPoint(9999, -9999), 1, image, canvas);
  expect(far.left).toBe(800 - 64);
  expect(far.top).toBe(64 - 600);
});

it('pinches: the point between the fingers moves with them, and the image grows as they spread', () => {
  const from = [viewPoint(300, 300), viewPoint(500, 300)] as const;
  const to = [viewPoint(250, 350), viewPoint(650, 350)] as const;
  const pinch = pinchOf(from, to);
  const view = moveView(whole, pinch.from, pinch.to, pinch.factor, image, canvas);
  expect(view.scale).toBe(4);
  const middle = imageToView(imagePoint(200, 150), view);
  expect([middle.x, middle.y]).toEqual([450, 350]);
});

it('gives a finite factor for two fingers on one point', () => {
  const one = viewPoint(10, 10);
  expect(pinchOf([one, one], [one, viewPoint(90, 10)]).factor).toBe(80);
});

it('centres a box in the view, with space around it', () => {
  const view = viewOfBox({ x: 100, y: 100, width: 40, height: 60 }, image, canvas);
  const middle = imageToView(imagePoint(120, 130), view);
  expect([middle.x, middle.y]).toEqual([400, 300]);
  const top = imageToView(imagePoint(120, 100), view);
  expect(top.y).toBeGreaterThan(0);
});
