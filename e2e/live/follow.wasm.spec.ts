/** Compares the drawn joints with the known motion of the camera's image. */
import { type Move, test } from '../support/camera';
import { expect } from '../support/test';
import { compare, drawings, expectWithin, record, stillJoints } from './follow';

const ALL: readonly Move[] = ['still', 'slow', 'fast', 'zoom'];

test('joints are drawn on the person while the image stands still, moves and zooms', { tag: '@journey' }, async ({
  photo,
  page,
}) => {
  await record(page);
  await photo.open();
  const truth = await stillJoints(photo);
  await page.getByRole('link', { name: 'Live', exact: true }).click();
  await page.getByRole('button', { name: 'Start camera' }).click();
  const all = await drawings(photo, { still: 20, slow: 5, fast: 1, zoom: 5 });
  expectWithin(compare(all, truth, ALL).found, 0.01, 0.02);
  expectWithin(compare(all, truth, ['still']).drawn, 0.01, 0.03);
  expectWithin(compare(all, truth, ['slow', 'fast', 'zoom']).drawn, 0.03, 0.06); // smoothed joints lag

  await page.getByLabel('Mirror').uncheck();
  await page.getByRole('slider', { name: 'Smoothing' }).fill('0');
  const plain = compare(await drawings(photo, { still: 5, zoom: 3 }), truth, ALL);
  expect(plain.drawn.median).toBeCloseTo(plain.found.median, 3); // nothing is smoothed
  expect(plain.drawn.p90).toBeCloseTo(plain.found.p90, 3);
  expectWithin(plain.drawn, 0.01, 0.03);
});
