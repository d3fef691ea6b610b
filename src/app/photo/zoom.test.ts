import { expect, it } from 'vitest';
import { imagePoint, imageToView, viewPoint, viewToImage } from '../../pose/space';
import { viewerRatio, viewOfZoom, withInSight, zoomed } from './zoom';

const IMAGE = { width: 4000, height: 2000 };
const CANVAS = { width: 800, height: 400 };
const whole = viewOfZoom(undefined, IMAGE, CANVAS);

it('shows the whole photo at first', () => {
  expect(whole).toMatchObject({ scale: 0.2, left: 0, top: 0 });
});

it('zooms around a point, which stays in place', () => {
  const at = viewPoint(300, 250);
  const view = viewOfZoom(zoomed(whole, at, at, 3, IMAGE, CANVAS), IMAGE, CANVAS);
  expect(view.scale).toBeCloseTo(0.6);
  const after = viewToImage(at, view);
  expect([after.x, after.y]).toEqual([expect.closeTo(1500), expect.closeTo(1250)]);
});

it('never pans beyond the photo, and pans back immediately', () => {
  const near = zoomed(whole, viewPoint(0, 0), viewPoint(0, 0), 2, IMAGE, CANVAS);
  const pushed = zoomed(viewOfZoom(near, IMAGE, CANVAS), viewPoint(0, 0), viewPoint(300, 300), 1, IMAGE, CANVAS);
  expect(viewOfZoom(pushed, IMAGE, CANVAS)).toMatchObject({ left: 0, top: 0 });
  const back = zoomed(viewOfZoom(pushed, IMAGE, CANVAS), viewPoint(100, 0), viewPoint(90, 0), 1, IMAGE, CANVAS);
  expect(viewOfZoom(back, IMAGE, CANVAS).left).toBeCloseTo(-10);
});

it('shows the whole photo again when zoomed out, and limits zooming in', () => {
  const at = viewPoint(400, 200);
  const near = zoomed(whole, at, at, 1e9, IMAGE, CANVAS);
  expect(near?.factor).toBe(40); // 8 CSS pixels per image pixel
  expect(zoomed(viewOfZoom(near, IMAGE, CANVAS), at, at, 1e-9, IMAGE, CANVAS)).toBeUndefined();
});

it('centres on a crosshair that leaves the view, and keeps the centre in a viewer of another size', () => {
  const zoom = { factor: 4, centre: imagePoint(1000, 1000) };
  expect(withInSight(zoom, imagePoint(1100, 1000), IMAGE, CANVAS)).toBe(zoom);
  const after = withInSight(zoom, imagePoint(3000, 1000), IMAGE, CANVAS);
  expect(imageToView(imagePoint(3000, 1000), viewOfZoom(after, IMAGE, CANVAS)).x).toBeCloseTo(400);
  const narrow = { width: 200, height: 100 };
  expect(viewToImage(viewPoint(100, 50), viewOfZoom(zoom, IMAGE, narrow)).x).toBeCloseTo(1000);
});

it('gives a very long photo a viewer in which zooming shows more than a strip', () => {
  expect(viewerRatio(IMAGE)).toBe(2);
  expect(viewerRatio({ width: 3000, height: 4000 })).toBe(0.75);
  const panorama = { width: 12000, height: 1200 };
  const canvas = { width: 800, height: 800 / viewerRatio(panorama) };
  const view = viewOfZoom(undefined, panorama, canvas);
  expect(view).toMatchObject({ left: 0, top: 120 }); // as much above as below
  const middle = viewPoint(400, 160);
  expect(viewOfZoom(zoomed(view, middle, middle, 5, panorama, canvas), panorama, canvas).top).toBeLessThanOrEqual(0); // no margin is left
  expect(viewerRatio({ width: 300, height: 4000 })).toBe(0.5);
});
