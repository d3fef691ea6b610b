import { expect, it } from 'vitest';
import { readDetector, startWasm } from '../../../cli/node';
import { GPU, SOFTWARE } from '../webgpu/tile';
import { openWeights } from '../weights';
import { joinHeads } from './layers';
import { detectorRecording } from './recording';

it.each([SOFTWARE, GPU])('the steps of the detector are few, and use every weight', async (tiling) => {
  await startWasm();
  const { contract, bytes } = await readDetector('public/models/detector');
  const weights = await openWeights(contract.weights, bytes);
  joinHeads(weights);
  const { steps, result } = detectorRecording(contract, weights)(1, tiling);
  expect(() => weights.finish()).not.toThrow();
  expect(steps.length).toBeLessThanOrEqual(25);
  expect(result.bytes).toBe(contract.map.cells ** 2 * 8 * 4);
  const gmac = steps.reduce((sum, { macs }) => sum + macs, 0) / 1e9;
  expect(gmac).toBeGreaterThan(0.1);
  expect(gmac).toBeLessThan(0.65);
  for (const { workgroups } of steps) expect(workgroups).toBeLessThanOrEqual(65_535);
});
