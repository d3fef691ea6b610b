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

it('resolves addresses without an origin, as Turbopack gives them to files, against the page', () => {
  vi.stubGlobal(
    'URL',
    class extends URL {
      override get href() {
        return this.protocol === 'file:' ? '/static/file.bin' : super.href;
      }
    },
  );
  const { model, detector } = networksOf({});
  for (const { contract, weights } of [model, detector])
    expect([contract, weights]).toEqual(Array(2).fill('https://example.org/static/file.bin'));
});

it('looks for the files only when an engine starts: in a script that is not a module, import.meta has no address', async () => {
  const resolved: unknown[] = [];
  vi.stubGlobal(
    'URL',
    class extends URL {
      constructor(address: string | URL, base?: string | URL) {
        super(address, base);
        resolved.push(address);
      }
    },
  );
  vi.resetModules();
  const { networksOf } = await import('./networks');
  const files = () => resolved.filter((address) => `${address}`.startsWith('./models/'));
  expect(files()).toEqual([]);
  networksOf({});
  expect(files()).toHaveLength(4);
});
