import { expect, it } from 'vitest';
import { countOrAll, smoothingWithin } from './limits';

it.each([
  [3, 3],
  [0, 0],
  [-1, Number.POSITIVE_INFINITY],
  [1.5, Number.POSITIVE_INFINITY],
  [Number.NaN, Number.POSITIVE_INFINITY],
])('reads a maximum of %f people as %f', (given, most) => expect(countOrAll(given)).toBe(most));

it.each([
  [0.5, 0.5],
  [-2, 0],
  [7, 1],
  [Number.NaN, 0.7],
  [undefined, 0.7],
])('reads a smoothing of %s as %f', (given, amount) => expect(smoothingWithin(given)).toBe(amount));
