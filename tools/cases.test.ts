import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const FILE = /^`([^`]+)`: /;

/** Tests that docs/cases.md names: file and title. */
function named(): [string, string][] {
  const rows: [string, string][] = [];
  let usual = '';
  for (const line of readFileSync('docs/cases.md', 'utf8').split('\n')) {
    usual = /^Tests without a file's name are in `([^`]+)`/.exec(line)?.[1] ?? usual;
    const test = /^\|.*\| (.+) \|$/.exec(line)?.[1];
    if (!test || test === 'Test') continue;
    rows.push([FILE.exec(test)?.[1] ?? usual, test.replace(FILE, '')]);
  }
  return rows;
}

it('every test that the list of cases names exists', () => {
  const tests = named();
  expect(tests.length).toBeGreaterThan(70);
  expect(tests.filter(([file, title]) => !readFileSync(file, 'utf8').includes(title))).toEqual([]);
});
