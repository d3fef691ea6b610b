import { expect, test } from 'vitest';
import { JOINTS } from '../../pose/skeleton';
import { chooseIds } from './coco/ids';
import type { TextFile } from './label-file';
import { type Imported, NOTHING } from './problem';
import { readLabels } from './read';
import { soundly, UNASKED } from './testing';

/** Malicious label files: each is read or reported, and the result can always be copied between threads. */

const IMAGES = [{ id: 1, name: 'a.png', size: { width: 160, height: 120 } }];
const KEYPOINTS = JOINTS.slice(0, 17).flatMap((_, i) => [10 + i, 20 + i, 2]);
const ANNOTATION = { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 30, 40], keypoints: KEYPOINTS };
const CATEGORY = { id: 1, name: 'person', keypoints: JOINTS.slice(0, 17) };
const coco = (more: object = {}) => ({
  images: [{ id: 1, file_name: 'a.png' }],
  annotations: [ANNOTATION],
  categories: [CATEGORY],
  ...more,
});

function read(...files: TextFile[]): Imported {
  const result = readLabels(files, IMAGES, UNASKED) ?? NOTHING;
  structuredClone(result);
  return result;
}
const json = (text: string) => read({ path: 'x.json', text });
const yaml = (text: string) =>
  read({ path: 'data.yaml', text }, { path: 'labels/a.txt', text: `0 .5 .5 .2 .2 ${'.5 .5 2 '.repeat(17)}` });

test.each([1_199, 100])('reads JSON nested %i levels deep', (depth) => {
  const info = `${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`;
  expect(soundly(json(JSON.stringify(coco({ info: 0 })).replace('"info":0', `"info":${info}`))).images).toHaveLength(1);
});

test.each([3_000, 100_000])('refuses JSON nested %i levels deep', (depth) => {
  const deep = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  for (const text of [JSON.stringify(coco({ info: 0 })).replace('"info":0', `"info":${deep}`), deep]) {
    expect(json(text).problems).toMatchObject([{ what: expect.stringContaining('levels deep') }]);
  }
});

test.each([
  ['that contains itself', 'a: &a [*a]\nkpt_shape: *a\nnames: {0: person}', 'contains itself'],
  ['nested in brackets', `kpt_shape: [17, 3]\nnames: ${'['.repeat(100_000)}`, 'levels deep'],
  ['nested in lists', `${'- '.repeat(5_000)}1`, 'levels deep'],
  [
    'that expands exponentially',
    `a: &a [${Array(10).fill('x')}]\n${[...'bcdefghij'].map((key, i) => `${key}: &${key} [${Array(10).fill(`*${'abcdefghi'[i]}`)}]`).join('\n')}\nnames: *j\nkpt_shape: [17, 3]`,
    'repeats parts of itself',
  ],
  ['with a billion joints', 'kpt_shape: [1000000000, 3]\nnames: {0: person}', 'kpt_shape'],
])('refuses YAML %s', (_name, text, expected) => {
  const [problem] = yaml(text).problems;
  expect(`${problem?.where} ${problem?.what}`).toContain(expected);
});

test('treats YAML with tags of programming languages as plain data', () => {
  const tagged = 'kpt_shape: [17, 3]\nnames: {0: person}\nx: !!python/object/apply:os.system ["id"]';
  expect(soundly(yaml(tagged)).images).toHaveLength(1);
});

test('keeps keys like __proto__ and constructor as data or leaves them out, without side effects', () => {
  const text = JSON.stringify(coco()).replace('"bbox"', '"__proto__":{"polluted":1},"constructor":{"x":2},"bbox"');
  expect(soundly(json(text)).images).toHaveLength(1);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('reports a number of a million digits, and positions far beyond any image', () => {
  const line = `0 .5 .5 .2 .2 ${'.5 .5 2 '.repeat(17)}`.replace('.5', `.${'1'.repeat(1_000_000)}`);
  const labels = read({ path: 'data.yaml', text: 'kpt_shape: [17, 3]\nnames: [person]' }, { path: 'labels/a.txt', text: line });
  expect(labels.problems[0]?.what).toContain('is not a number');
  const far = coco({ annotations: [{ ...ANNOTATION, keypoints: KEYPOINTS.map(() => 1e308) }] });
  expect(json(JSON.stringify(far)).problems).not.toEqual([]);
});

test('reads labels of 118,287 images, one of which is here, and reports the others in one line', () => {
  const images = Array.from({ length: 118_287 }, (_, i) => ({ id: i + 1, file_name: i === 0 ? 'a.png' : `${i}.png` }));
  const result = json(JSON.stringify(coco({ images })));
  expect(result.images).toHaveLength(1);
  expect(result.problems).toEqual([
    {
      file: 'x.json',
      where: '',
      what: "118286 of the file's 118287 images are not in this session; the first is 1.png.",
      kind: 'missing-image',
      images: 118_286,
    },
  ]);
});

test('lists 150,000 annotations with one problem each', () => {
  const annotations = Array.from({ length: 150_000 }, (_, i) => ({ ...ANNOTATION, id: i + 1, bbox: 3 }));
  expect(json(JSON.stringify(coco({ annotations }))).problems).toHaveLength(150_000);
});

test('keeps ids near the largest safe integer whole and distinct', () => {
  const ids = chooseIds([Number.MAX_SAFE_INTEGER, undefined, 1, undefined, 'x', 'x']);
  expect(ids).toEqual([Number.MAX_SAFE_INTEGER, 2, 1, 3, 'x', 4]);
  const own = coco({ annotations: [{ ...ANNOTATION, posecade: { subject: Number.MAX_SAFE_INTEGER } }] });
  expect(soundly(json(JSON.stringify(own))).images[0]?.document).toMatchObject({ nextId: 2, subjects: [{ id: 1 }] });
});

test('imports nothing from XML that is nested deeply or has entities', () => {
  const deep = `<annotations>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</annotations>`;
  expect(read({ path: 'x.xml', text: deep }).images).toEqual([]);
  const entities = '<!DOCTYPE x [<!ENTITY a "b">]><annotations><image name="&a;" width="1" height="1"/></annotations>';
  expect(read({ path: 'x.xml', text: entities }).problems[0]?.what).toContain('not XML');
});

test('reads more images of one name, and more corners of a box, than fit into one function call', () => {
  const many = Array.from({ length: 500_000 }, (_, i) => ({ id: i + 1, name: `${i}/a.png`, size: { width: 160, height: 120 } }));
  const labels = { path: 'labels.json', text: JSON.stringify(coco({ images: [{ id: 1, file_name: '9/a.png' }] })) };
  expect(soundly(readLabels([labels], many, UNASKED)).images.map(({ id }) => id)).toEqual([10]);
  const corners = many.map((_, i) => [i % 100, i % 50]);
  const shapes = [
    { label: 'person', points: corners, shape_type: 'rectangle' },
    { label: 'nose', points: [[1, 2]], shape_type: 'point' },
  ];
  const [image] = soundly(json(JSON.stringify({ shapes, imagePath: 'a.png' }))).images;
  expect(image?.document.subjects).toMatchObject([{ box: { x: 0, y: 0, width: 99, height: 49 } }]);
});
