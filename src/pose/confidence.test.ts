import { expect, it } from 'vitest';
import { jointScore } from './confidence';

const confidence = { bias: [0, 1], mass: 2, sharp: 0.5 };

it('is the logistic function of the weighted terms', () => {
  const weighted = 1 + 2 * Math.log(0.8 / 0.2) + 0.5 * Math.log(0.3);
  expect(jointScore(confidence, 1, 0.8, 0.3)).toBeCloseTo(1 / (1 + Math.exp(-weighted)), 12);
});

it('stays strictly between 0 and 1 for extreme inputs', () => {
  expect(jointScore(confidence, 0, 0, 0)).toBeGreaterThan(0);
  expect(jointScore(confidence, 0, 1, 1)).toBeLessThan(1);
  expect(jointScore(confidence, 0, 0, 0)).toBeLessThan(1e-6);
});
