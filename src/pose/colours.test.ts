import { expect, it } from 'vitest';
import { meanColour } from './colours';

it('averages the cells under a box, weighted by overlap, and gives nothing outside the map', () => {
  const values = Float32Array.from([1, 0, 0.5, 0, 0, 0.5, 0, 0, 0.5, 0, 0, 0.5]); // the first of four cells is red
  const colours = { side: 2, stride: 8, values };
  expect(meanColour(colours, { x: 0, y: 0, width: 8, height: 8 })).toEqual([1, 0, 0.5]);
  expect(meanColour(colours, { x: 4, y: -8, width: 16, height: 12 })).toEqual([1 / 3, 0, 0.5]);
  expect(meanColour(colours, { x: 16, y: 0, width: 8, height: 8 })).toBeUndefined();
});
