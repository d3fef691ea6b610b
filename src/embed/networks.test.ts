import { beforeEach, expect, it, vi } from 'vitest';
import { networksOf } from './networks';

beforeEach(() => vi.stubGlobal('location', { href: 'https://example.org/app/' }));

it.each([
  ['models/mine', 'https://example.org/app/models/mine/contract.json', 'https://example.org/app/models/detector/contract.json'],
  ['/models/mine/', 'https://example.org/models/mine/contract.json', 'https://example.org/models/detector/contract.json'],
  [
    'https://cdn.example/mine?token=a/b',
    'https://cdn.example/mine/contract.json?token=a/b',
    'https://cdn.example/detector/contract.json?token=a/b',
  ],
])('finds the contracts of %s', (modelUrl, model, detector) => {
  expect(networksOf({ modelUrl })).toEqual({ model: { contract: model }, detector: { contract: detector } });
});

it('resolves the address of the detector independently of the model', () => {
  const { model, detector } = networksOf({ modelUrl: new URL('https://a.example/m/'), detectorUrl: 'd?v=2' });
  expect([model, detector].map(({ contract }) => contract)).toEqual([
    'https://a.example/m/contract.json',
    'https://example.org/app/d/contract.json?v=2',
  ]);
});

it('names the files of the package even where there is no page, as on a server', () => {
  vi.stubGlobal('location', undefined);
  expect(networksOf({}).detector.contract).toMatch(/\/models\/detector\/contract\.json$/);
});
