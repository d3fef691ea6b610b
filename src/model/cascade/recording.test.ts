import { beforeAll, describe, expect, it } from 'vitest';
import { readModel, startWasm } from '../../../cli/node';
import { BATCH } from '../pose-model';
import { allocate } from '../webgpu/allocate';
import type { RecordingFor } from '../webgpu/recorder';
import { GPU, SOFTWARE } from '../webgpu/tile';
import { openWeights, type Weights } from '../weights';
import { type Contract, checkContract } from './contract';
import { foldFeedback } from './fold';
import { cascadeRecording } from './recording';

let weights: Weights;
let recordingFor: RecordingFor;
let contract: Contract;

beforeAll(async () => {
  await startWasm();
  const { json, bytes } = await readModel('public/models/cascade');
  contract = checkContract(json);
  weights = await openWeights(contract.weights, bytes);
  foldFeedback(weights);
  recordingFor = cascadeRecording(contract, weights);
});

describe.each([SOFTWARE, GPU])('the steps of the cascade', (tiling) => {
  const stepsFor = (people: number) => recordingFor(people, tiling);

  it('are few, with few shaders, and use every weight', () => {
    const { steps } = stepsFor(1);
    expect(steps.length).toBeLessThanOrEqual(50);
    expect(new Set(steps.map(({ code }) => code)).size).toBeLessThanOrEqual(15);
    expect(() => weights.finish()).not.toThrow();
  });

  it.each([1, BATCH])('are within the limits of every adapter (people: %i)', (people) => {
    const { steps, result } = stepsFor(people);
    for (const { bindings, readsFrame, workgroups } of steps) {
      expect(bindings.length + (readsFrame ? 1 : 0)).toBeLessThanOrEqual(8); // storage buffers, one of them with the crops
      expect(workgroups).toBeLessThanOrEqual(65_535);
    }
    expect(Math.max(...allocate(steps, [result]).buffers)).toBeLessThanOrEqual(2 ** 27);
  });

  it('read only what an earlier step wrote, and never bind a buffer twice', () => {
    const { steps, result } = stepsFor(2);
    const written = new Set<unknown>();
    for (const { bindings } of steps) {
      for (const binding of bindings) if (binding.kind === 'read') expect(written).toContain(binding.storage);
      for (const binding of bindings) if (binding.kind === 'write') written.add(binding.storage);
    }
    const { place } = allocate(steps, [result]);
    for (const { bindings } of steps) {
      const places = bindings.flatMap((one) => (one.kind === 'read' || one.kind === 'write' ? [place.get(one.storage)] : []));
      expect(new Set(places).size).toBe(places.length);
    }
  });

  it('take 0.3 to 0.4 GMAC per person, whatever the batch size', () => {
    const macs = (people: number) => stepsFor(people).steps.reduce((sum, step) => sum + step.macs, 0);
    expect(macs(1) / 1e9).toBeGreaterThan(0.3);
    expect(macs(1) / 1e9).toBeLessThan(0.4);
    expect(macs(4)).toBe(4 * macs(1));
  });
});

it('refuses a contract with other strides than the layers have', () => {
  const coarse = { ...contract.coarse, cells: 12, stride: 16 };
  const other = cascadeRecording({ ...contract, coarse, fine: { ...contract.fine, stride: 8 } }, weights);
  expect(() => other(1, GPU)).toThrow('24 cells a side');
});
