import { expect, it } from 'vitest';
import { readDetector } from '../../../cli/node';
import { checkContract, type DetectorContract } from './contract';

const { contract } = await readDetector('public/models/detector');

it.each<[string, (c: DetectorContract) => unknown, RegExp]>([
  ['of another format', (c) => ({ ...c, format: 'posecade-cascade-1' }), /posecade-cascade-1/],
  ['that is no object', () => null, /format/],
  ['without a section', ({ map: _, ...c }) => c, /section/],
  ['with another stride', (c) => ({ ...c, map: { ...c.map, stride: 4 } }), /do not fill/],
  ['without a std', ({ input: { std: _, ...input }, ...c }) => ({ ...c, input }), /input.mean and input.std/],
  ['without an offset', ({ confidence: { offset: _, ...rest }, ...c }) => ({ ...c, confidence: rest }), /offset/],
  ['with a score that falls', (c) => ({ ...c, confidence: { ...c.confidence, slope: -1 } }), /confidence.slope/],
  ['without the score of a person', ({ confidence: { person: _, ...box }, ...c }) => ({ ...c, confidence: box }), /no box/],
  [
    'without the score after a flip test',
    ({ confidence: { flipTest: _, ...rest }, ...c }) => ({ ...c, confidence: rest }),
    /no box/,
  ],
  [
    'with one part of a score under another name',
    ({ confidence: { person, ...rest }, ...c }) => ({
      ...c,
      confidence: { ...rest, person: { ...person, threshold: undefined, treshold: 0.5 } },
    }),
    /no threshold/,
  ],
  ['with another file size', (c) => ({ ...c, weights: { ...c.weights, bytes: c.weights.bytes + 2 } }), /bytes/],
])('a contract %s is refused', (_, change, words) => {
  expect(() => checkContract(change(contract))).toThrow(words);
});
