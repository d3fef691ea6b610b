import { beforeAll, expect, it, vi } from 'vitest';
import { readDetector, readModel, startWasm } from '../../../cli/node';
import * as load from '../../model/load';
import { createNetworks, disposeNetworks, fetchNetworks, fetchSpecs } from './networks';

vi.mock('../../model/load');

const never = new AbortController().signal;
const urls = {
  model: { contract: 'https://example.org/cascade/contract.json' },
  detector: { contract: 'https://example.org/assets/contract-1.json', weights: 'https://example.org/assets/weights-2.bin' },
};
const model = await readModel('public/models/cascade');
const detector = await readDetector('public/models/detector');

beforeAll(async () => {
  await startWasm();
  vi.mocked(load.fetchContract).mockImplementation(async (_, url) =>
    url === urls.model.contract ? model.json : detector.contract,
  );
  vi.mocked(load.fetchWeights).mockImplementation(async (_, url, { bytes }, onProgress) => {
    onProgress(bytes, bytes);
    if (url === 'https://example.org/cascade/weights.bin') return model.bytes;
    if (url === urls.detector.weights) return detector.bytes;
    throw new Error(`nothing is at ${url}`);
  });
});

it('loads both networks, with weights beside the contract or at their own address, and counts the bytes of both', async () => {
  const progress: [number, number][] = [];
  const files = await fetchNetworks(never, urls, await fetchSpecs(never, urls), (loaded, total) =>
    progress.push([loaded, total]),
  );
  const total = model.bytes.byteLength + detector.bytes.byteLength;
  expect(progress).toEqual([
    [model.bytes.byteLength, total],
    [total, total],
  ]);
  const networks = await createNetworks(files);
  expect(networks.model.info.input).toBe(192);
  expect(networks.detector.contract.input.size).toBeGreaterThan(0);
  disposeNetworks(networks);
});

it('rejects if the weights of one network are damaged', async () => {
  const files = await fetchNetworks(never, urls, await fetchSpecs(never, urls), () => undefined);
  await expect(createNetworks({ ...files, detectorBytes: new ArrayBuffer(2) })).rejects.toMatchObject({
    code: 'weights-damaged',
  });
});
