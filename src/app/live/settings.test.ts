import { expect, it } from 'vitest';
import { DEFAULTS, fromQuery, type LiveSettings, toQuery } from './settings';

const { lines: _, ...SILENT } = DEFAULTS;

it('writes an empty query for the defaults, and reads one as the defaults without the resolution', () => {
  expect(toQuery(DEFAULTS)).toBe('');
  expect(fromQuery('')).toEqual({ settings: SILENT, unknown: [] });
});

it('reads back the settings it wrote', () => {
  const all: LiveSettings = { threshold: 0.35, smoothing: 0, heat: true, trails: 'both', mirror: false, lines: 1080 };
  expect(toQuery(all)).toBe('threshold=35&smoothing=0&heat=1&trails=both&mirror=0&lines=1080');
  for (const settings of [all, { ...DEFAULTS, mirror: true }, { ...DEFAULTS, smoothing: 0.30000000000000004 }]) {
    const read = fromQuery(toQuery(settings));
    expect(toQuery({ ...DEFAULTS, ...read.settings })).toBe(toQuery(settings));
    expect(read.unknown).toEqual([]);
  }
});

it.each([
  'threshold=0.3',
  'threshold=95',
  'threshold=-5',
  'smoothing=55',
  'smoothing=',
  'heat=true',
  'trails=nose',
  'mirror=2',
  'lines=721',
  'constructor=1',
  'zoom=2',
])('rejects what it would never write: %s', (query) => {
  expect(fromQuery(query)).toEqual({ settings: SILENT, unknown: [query.split('=')[0]] });
});
