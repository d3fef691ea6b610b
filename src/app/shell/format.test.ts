import { expect, it } from 'vitest';
import { namesOf } from './format';

it('names up to three files, and counts the others', () => {
  expect(namesOf(['a.jpg'])).toBe('a.jpg');
  expect(namesOf(['a', 'b', 'c'])).toBe('a, b, c');
  expect(namesOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});
