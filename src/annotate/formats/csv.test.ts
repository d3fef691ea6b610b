import { expect, test } from 'vitest';
import { csvField, csvLong, csvWide } from './csv';
import { exampleSession } from './example';

/** A parser that follows RFC 4180. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('long: writes a line for each joint', () => {
  const session = exampleSession(4, 1);
  const [head, ...rows] = parse(csvLong(session));
  expect(head).toEqual(['image', 'width', 'height', 'verdict', 'person', 'joint', 'x', 'y', 'visibility', 'draft_score']);
  expect(rows).toHaveLength(6 * 19);
  const [image] = session.filter(({ document }) => document.subjects.length > 0);
  const [subject] = image?.document.subjects ?? [];
  subject?.labels.forEach((label, i) => {
    const [name, , , , person, joint, x, y, v] = rows[i] ?? [];
    expect([name, person]).toEqual([image?.name, String(subject.id)]);
    if (i === 17) expect(joint).toBe('neck');
    expect(Number(v)).toBe(label.visibility);
    expect([x, y]).toEqual(label.visibility === 0 ? ['', ''] : [String(label.x), String(label.y)]);
  });
});

test('wide: writes a line for each person, with as many fields as the header', () => {
  const [head, ...rows] = parse(csvWide(exampleSession(4, 1)));
  expect(head).toHaveLength(9 + 57);
  expect(rows).toHaveLength(6);
  for (const row of rows) expect(row).toHaveLength(9 + 57);
});

test('quotes names, and keeps them from being read as formulas', () => {
  expect(csvField('a, "b".jpg')).toBe('"a, ""b"".jpg"');
  expect(csvField('line\nbreak')).toBe('"line\nbreak"');
  expect(csvField(' a')).toBe('" a"');
  for (const sign of ['=', '+', '-', '@', '\t']) expect(csvField(`${sign}1+1`)).toMatch(/^"?'/);
  expect(csvField('=HYPERLINK("x","y")')).toBe(`"'=HYPERLINK(""x"",""y"")"`);
  expect(csvField(-1.5)).toBe('-1.5');
  const [image] = exampleSession(2, 1).slice(1);
  expect(image && parse(csvWide([{ ...image, name: '=a,"b".jpg' }]))[1]?.[0]).toBe(`'=a,"b".jpg`);
});
