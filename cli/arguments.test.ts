import { expect, it } from 'vitest';
import { choiceOf, countOf, countsOf, multipleOf } from './arguments';

it('reads whole numbers of at least one', () => {
  expect(countOf('rounds', '3')).toBe(3);
  expect(countsOf('batches', '1,2,8')).toEqual([1, 2, 8]);
});

it.each(['0', '-1', '1.5', 'x', ''])('refuses "%s" where a number of rounds is expected', (text) => {
  expect(() => countOf('rounds', text)).toThrow(`--rounds must be a whole number of at least 1, not "${text}"`);
});

it('reads multiples, and refuses other numbers', () => {
  expect(multipleOf(32, 'side', '448')).toBe(448);
  expect(() => multipleOf(32, 'side', '450')).toThrow('--side must be a multiple of 32, not "450"');
});

it('refuses a list with something else in it', () => {
  expect(() => countsOf('batches', '1,,2')).toThrow('--batches must be a whole number of at least 1, not ""');
});

it('reads one of several names, and lists them for any other', () => {
  const adapters = { gpu: [], swiftshader: [] };
  expect(choiceOf('adapter', 'gpu', adapters)).toBe('gpu');
  for (const text of ['GPU', 'toString'])
    expect(() => choiceOf('adapter', text, adapters)).toThrow(`--adapter must be one of gpu, swiftshader, not "${text}"`);
});
