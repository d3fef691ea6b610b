import { expect, test } from 'vitest';
import { type Imported, NOTHING } from '../problem';
import { readLabels } from '../read';
import { soundly, UNASKED } from '../testing';

const IMAGES = [
  { id: 1, name: 'a.jpg', size: { width: 100, height: 200 } },
  { id: 2, name: 'sub/b.jpg', size: { width: 100, height: 200 } },
  { id: 3, name: 'c.jpg', size: undefined },
];
const YAML = 'kpt_shape: [17, 3]\nnames:\n  0: person\n';
const LINE = `0 0.5 0.5 0.2 0.4 ${'0.25 0.5 2 '.repeat(16)}0 0 0`;

function read({ yaml = YAML, path = 'labels/a.txt', text = LINE }): Imported {
  const files = [
    { path: 'data.yaml', text: yaml },
    { path, text },
  ];
  return readLabels(files, IMAGES, UNASKED) ?? NOTHING;
}

function complaints(given: Parameters<typeof read>[0]): string[] {
  return read(given).problems.map(({ file, where, what }) => `${file} ${where}: ${what}`);
}

test('reads a valid file, in pixels', () => {
  const result = read({ text: `\n${LINE}\r\n` });
  const subject = result.images[0]?.document.subjects[0];
  expect(subject?.box).toEqual({ x: 40, y: 60, width: 20, height: 80 });
  expect(subject?.labels[0]).toEqual({ x: 25, y: 100, visibility: 2 });
  expect(subject?.labels[16]?.visibility).toBe(0);
});

test('finds the image of a label file by the path inside the labels folder', () => {
  for (const path of ['labels/sub/b.txt', 'set/labels/sub/b.txt', 'b.txt', 'labels/train/b.txt']) {
    const result = read({ path });
    expect(result.images[0]?.id).toBe(2);
  }
});

test('reads named joints in another order, with two numbers per joint', () => {
  const yaml = 'kpt_shape: [2, 2]\nkpt_names: {0: [left_wrist, nose]}\nnames: [dog, person]';
  const result = read({ yaml, text: '1 .5 .5 .5 .5 .1 .2 0 0' });
  const labels = result.images[0]?.document.subjects[0]?.labels;
  expect(labels?.[9]).toEqual({ x: 10, y: 40, visibility: 2 });
  expect(labels?.filter(({ visibility }) => visibility > 0)).toHaveLength(1);
});

test.each<[string, Parameters<typeof read>[0], RegExp]>([
  ['not YAML', { yaml: 'a: [1' }, /^data.yaml line 1: This is not YAML/],
  ['an invalid shape', { yaml: 'names: [person]\nkpt_shape: 17' }, /^data.yaml kpt_shape: .*here it is 17/],
  ['unknown image', { path: 'labels/z.txt' }, /^labels\/z.txt : z is not in this session\. Add it first/],
  ['unopened image', { path: 'labels/c.txt' }, /^labels\/c.txt : .*its size is not known/],
  [
    'too few numbers',
    { text: '0 1 2' },
    /^labels\/a.txt line 1: Expected 56 numbers \(class, box, 17 joints × 3\), but found 3\./,
  ],
  ['not a number', { text: LINE.replace('0.25', 'nan') }, /line 1: Number 6, "nan", is not a number/],
  ['other class', { text: LINE.replace('0', '4') }, /line 1: Its class is 4/],
  ['negative box', { text: LINE.replace('0.2', '-0.2') }, /line 1: .*negative/],
  ['pixels', { text: LINE.replaceAll('0.25', '25') }, /line 1: .*are they pixels/],
  ['infinite', { text: LINE.replace('0.25', '1e999') }, /line 1: .*are they pixels/],
  ['visibility', { text: LINE.replace(' 2 ', ' 0.9 ') }, /line 1: The visibility of joint 1 .*0.9/],
])('reports what is wrong: %s', (_name, given, expected) => {
  expect(complaints(given)).toEqual([expect.stringMatching(expected)]);
});

test.each<[string, Parameters<typeof read>[0], object]>([
  [
    'a missing kpt_shape',
    { yaml: 'names: [person]' },
    { names: Array.from({ length: 17 }, (_, i) => String(i + 1)), nameless: true },
  ],
  ['unnamed joints', { yaml: 'names: [person]\nkpt_shape: [5, 3]' }, { guess: Array(5).fill('keep') }],
  ['a flip_idx that does not fit', { yaml: `${YAML}flip_idx: [0, 1]` }, { nameless: true }],
  ['an unknown joint', { yaml: 'names: [person]\nkpt_shape: [1, 3]\nkpt_names: {0: [tail]}' }, { names: ['tail'] }],
])('asks the user about %s', (_name, given, expected) => {
  expect(read(given)).toMatchObject({ images: [], question: expected });
});

test('reports every line with a problem', () => {
  expect(complaints({ text: `0 1\n${LINE}\n0 2 3` }).map((text) => text.slice(0, 19))).toEqual([
    'labels/a.txt line 1',
    'labels/a.txt line 3',
  ]);
});

test('imports identical lines of two files for one image once, and reports different ones', () => {
  const readTwo = (text: string) =>
    readLabels(
      [
        { path: 'data.yaml', text: YAML },
        { path: 'labels/a.txt', text: LINE },
        { path: 'labels/train/a.txt', text },
      ],
      IMAGES,
      UNASKED,
    );
  expect(soundly(readTwo(LINE)).images).toHaveLength(1);
  const differing = readTwo(LINE.replace('0.25', '0.26'));
  expect(differing?.problems.map(({ what }) => what)).toEqual(['labels/a.txt labels the same image differently.']);
  expect(differing?.images).toEqual([]);
});
