import { expect, it } from 'vitest';
import { readDetector, startWasm } from '../../../cli/node';
import { Weights } from '../weights';
import { detectorSteps } from './detector-steps';
import { detectorLayers } from './layers-of';
import { GPU, SOFTWARE } from './tile';

it.each([SOFTWARE, GPU])('the steps of the detector are few, and take every weight', async (tiling) => {
  await startWasm();
  const { contract, bytes } = await readDetector('public/models/detector');
  const weights = new Weights(contract.weights, bytes);
  const { steps, result } = detectorSteps(contract, detectorLayers(weights), 1, tiling);
  expect(() => weights.finish()).not.toThrow();
  weights.dispose();
  expect(steps.length).toBeLessThanOrEqual(25);
  expect(result.bytes).toBe(contract.map.cells ** 2 * 8 * 4);
  const gmac = steps.reduce((sum, { macs }) => sum + macs, 0) / 1e9;
  expect(gmac).toBeGreaterThan(0.1);
  expect(gmac).toBeLessThan(0.4);
  for (const { workgroups } of steps) expect(workgroups).toBeLessThanOrEqual(65_535);
});
