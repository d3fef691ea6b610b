/** The drawn joints against the known motion of the camera's picture. */
import { type Move, test } from '../camera';
import { expect } from '../test';
import { compare, drawings, type Errors, record, stillJoints } from './follow';

const ALL: readonly Move[] = ['still', 'slow', 'fast', 'zoom'];

/** Shares of the picture's height; smoothed joints are late while the picture moves. */
function expectWithin(errors: Errors, median: number, p90: number): void {
  expect(errors.median).toBeLessThan(median);
  expect(errors.p90).toBeLessThan(p90);
}

test('joints are drawn where the person is, while the picture stands still, moves and grows', async ({ photo, page }) => {
  await record(page);
  await photo.open();
  const truth = await stillJoints(photo);
  await page.getByRole('link', { name: 'Live', exact: true }).click();
  await page.getByRole('button', { name: 'Start the camera' }).click();
  const all = await drawings(photo, { still: 30, slow: 6, fast: 4, zoom: 10 });
  (await import('node:fs')).writeFileSync('/tmp/lt-draw.json', JSON.stringify({ all, truth: [...truth] }));
  expectWithin(compare(all, truth, ALL).found, 0.01, 0.02);
  expectWithin(compare(all, truth, ['still']).drawn, 0.01, 0.025);
  expectWithin(compare(all, truth, ['slow', 'zoom']).drawn, 0.02, 0.04);
  expectWithin(compare(all, truth, ['fast']).drawn, 0.04, 0.06);

  await page.getByLabel('Mirrored').uncheck();
  await page.getByRole('slider', { name: 'Smoothing' }).fill('0');
  const plain = compare(await drawings(photo, { still: 5, zoom: 5 }), truth, ALL);
  expectWithin(plain.drawn, 0.01, 0.02);
  expect(plain.drawn.p90).toBeCloseTo(plain.found.p90, 4); // nothing is smoothed
});
