import { expect, test } from 'vitest';
import { readYolo } from './read';

const IMAGES = [
  { id: 1, name: 'a.jpg', size: { width: 100, height: 200 } },
  { id: 2, name: 'sub/b.jpg', size: { width: 100, height: 200 } },
  { id: 3, name: 'c.jpg', size: undefined },
];
const YAML = 'kpt_shape: [17, 3]\nnames:\n  0: person\n';
const LINE = `0 0.5 0.5 0.2 0.4 ${'0.25 0.5 2 '.repeat(16)}0 0 0`;

function read({ yaml = YAML, path = 'labels/a.txt', text = LINE, missing = 'refuse' as 'refuse' | 'skip' }) {
  return readYolo({ path: 'data.yaml', text: yaml }, [{ path, text }], IMAGES, missing);
}

function complaints(given: Parameters<typeof read>[0]): string[] {
  const result = read(given);
  return result.ok ? [] : result.problems.map(({ file, where, what }) => `${file} ${where}: ${what}`);
}

test('a sound file is read, in pixels', () => {
  const result = read({ text: `\n${LINE}\r\n` });
  const subject = result.ok ? result.images[0]?.document.subjects[0] : undefined;
  expect(subject?.box).toEqual({ x: 40, y: 60, width: 20, height: 80 });
  expect(subject?.labels[0]).toEqual({ x: 25, y: 100, visibility: 2 });
  expect(subject?.labels[16]?.visibility).toBe(0);
});

test('label files find their images by the path inside the folders', () => {
  for (const path of ['labels/sub/b.txt', 'set/labels/sub/b.txt', 'b.txt', 'labels/train/b.txt']) {
    const result = read({ path });
    expect(result.ok && result.images[0]?.id).toBe(2);
  }
});

test('joints of another order, named; two numbers a joint', () => {
  const yaml = 'kpt_shape: [2, 2]\nkpt_names: {0: [left_wrist, nose]}\nnames: [dog, person]';
  const result = read({ yaml, text: '1 .5 .5 .5 .5 .1 .2 0 0' });
  const labels = result.ok ? result.images[0]?.document.subjects[0]?.labels : undefined;
  expect(labels?.[9]).toEqual({ x: 10, y: 40, visibility: 2 });
  expect(labels?.filter(({ visibility }) => visibility > 0)).toHaveLength(1);
});

test.each<[string, Parameters<typeof read>[0], RegExp]>([
  ['no YAML', { yaml: 'a: [1' }, /^data.yaml line 1: This is not YAML/],
  ['no mapping', { yaml: '3' }, /^data.yaml : .*kpt_shape/],
  ['no shape', { yaml: 'names: [person]' }, /^data.yaml kpt_shape: .*missing/],
  ['unnamed joints', { yaml: 'names: [person]\nkpt_shape: [5, 3]' }, /^data.yaml kpt_shape: Which joints the 5 are/],
  ['two classes, no person', { yaml: 'names: [dog, cat]\nkpt_shape: [17, 3]' }, /^data.yaml names: /],
  ['another mirror', { yaml: `${YAML}flip_idx: [0, 1]` }, /^data.yaml flip_idx: /],
  [
    'unknown joint',
    { yaml: 'names: [person]\nkpt_shape: [1, 3]\nkpt_names: {0: [tail]}' },
    /^data.yaml kpt_names: The joint "tail"/,
  ],
  ['unknown image', { path: 'labels/z.txt' }, /^labels\/z.txt : The image that it labels is not here/],
  ['unopened image', { path: 'labels/c.txt' }, /^labels\/c.txt : .*its size is not known/],
  ['too few numbers', { text: '0 1 2' }, /^labels\/a.txt line 1: It needs 56 numbers .*here are 3/],
  ['no number', { text: LINE.replace('0.25', 'nan') }, /line 1: Number 6, "nan", is not a number/],
  ['other class', { text: LINE.replace('0', '4') }, /line 1: Its class is 4/],
  ['negative box', { text: LINE.replace('0.2', '-0.2') }, /line 1: .*negative/],
  ['pixels', { text: LINE.replaceAll('0.25', '25') }, /line 1: .*are they pixels/],
  ['infinite', { text: LINE.replace('0.25', '1e999') }, /line 1: .*are they pixels/],
  ['visibility', { text: LINE.replace(' 2 ', ' 0.9 ') }, /line 1: The visibility of joint 1 .*0.9/],
])('%s', (_name, given, expected) => {
  expect(complaints(given)).toEqual([expect.stringMatching(expected)]);
});

test('every line with a problem is told', () => {
  expect(complaints({ text: `0 1\n${LINE}\n0 2 3` }).map((text) => text.slice(0, 19))).toEqual([
    'labels/a.txt line 1',
    'labels/a.txt line 3',
  ]);
});

test('two files for one image; images that are not here can be left out', () => {
  const again = [
    { path: 'labels/a.txt', text: LINE },
    { path: 'labels/train/a.txt', text: LINE },
  ];
  const result = readYolo({ path: 'data.yaml', text: YAML }, again, IMAGES, 'refuse');
  expect(!result.ok && result.problems.map(({ what }) => what)).toEqual(['labels/a.txt labels the same image.']);
  const left = read({ path: 'labels/z.txt', missing: 'skip' });
  expect(left.ok && left.images).toEqual([]);
});
