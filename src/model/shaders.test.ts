import { expect, it } from 'vitest';
import { readDetector, readModel } from '../../cli/node';
import { checkContract } from './cascade/contract';
import { foldFeedback } from './cascade/fold';
import { cascadeRecording } from './cascade/recording';
import { joinHeads } from './detector/layers';
import { detectorRecording } from './detector/recording';
import { GPU, SOFTWARE, type Tiling } from './webgpu/tile';
import { blankWeights } from './weights';

const contract = checkContract((await readModel('public/models/cascade')).json);
const weights = blankWeights(contract.weights);
foldFeedback(weights);
const { contract: detectorContract } = await readDetector('public/models/detector');
const detectorWeights = blankWeights(detectorContract.weights);
joinHeads(detectorWeights);

const shadersFor = (people: readonly number[], tiling: Tiling) => {
  const steps = people.flatMap((count) => [
    ...cascadeRecording(contract, weights)(count, tiling).steps,
    ...detectorRecording(detectorContract, detectorWeights)(1, tiling).steps,
  ]);
  return new Set(steps.map(({ code }) => code)).size;
};

// Each shader is compiled before the first result.
it('the networks share most shaders, whatever the batch size', () => {
  expect(shadersFor([1], SOFTWARE)).toBeLessThanOrEqual(12);
  expect(shadersFor([1, 2, 4, 16], SOFTWARE)).toBe(shadersFor([1], SOFTWARE));
  expect(shadersFor([1, 2, 4, 16], GPU)).toBeLessThanOrEqual(15);
});
