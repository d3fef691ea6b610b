import { expect, test } from 'vitest';
import { cocoFile } from './coco/write';
import { exampleSession } from './example';
import { labelFiles } from './names';
import { readLabels } from './read';

const chosen = (...paths: string[]) => labelFiles(paths.map((path) => ({ path }))).map(({ path }) => path);

test('which files are labels', () => {
  expect(chosen('a/coco-19.json', 'a/coco-17.json', 'a/mpii.json', 'a/data.yaml', 'a/labels/x.txt')).toEqual(['a/coco-19.json']);
  expect(chosen('train.json', 'val.json', 'data.yaml')).toEqual(['train.json', 'val.json']);
  expect(chosen('data.yaml', 'labels/x.txt', 'README.txt', 'classes.txt', 'notes.pdf')).toEqual(['data.yaml', 'labels/x.txt']);
  expect(chosen('posecade-coco-19.json', 'posecade-mpii.json')).toEqual(['posecade-coco-19.json']);
  expect(chosen('x.txt', 'mpii.json')).toEqual([]);
});

const session = exampleSession(6, 5);
const coco = (path: string, from: number, to: number) => ({
  path,
  text: JSON.stringify(cocoFile(session.slice(from, to), 19, new Date(0))),
});

test('several COCO files are read together', () => {
  const result = readLabels([coco('a.json', 0, 3), coco('b.json', 3, 6)], session, 'refuse');
  expect(result?.ok && result.images.map(({ id }) => id)).toEqual(session.map(({ id }) => id));
});

test('several files that label one image, and several with problems, are told of', () => {
  const twice = readLabels([coco('a.json', 0, 3), coco('b.json', 2, 6)], session, 'refuse');
  expect(twice && !twice.ok && twice.problems).toMatchObject([
    { file: 'b.json', what: 'It labels an image that a.json labels, too.' },
  ]);
  const both = readLabels(
    ['a.json', 'b.json'].map((path) => ({ path, text: '' })),
    session,
    'refuse',
  );
  expect(both && !both.ok && both.problems.map(({ file }) => file)).toEqual(['a.json', 'b.json']);
});

test('YOLO without label files, and two data sets', () => {
  const complaint = (...paths: string[]) => {
    const result = readLabels(
      paths.map((path) => ({ path, text: '' })),
      session,
      'refuse',
    );
    return result && !result.ok && result.problems[0]?.what;
  };
  expect(complaint('data.yaml')).toContain('no label files');
  expect(complaint('a/data.yaml', 'b/data.yaml')).toContain('one data set at a time');
  expect(readLabels([], session, 'refuse')).toBeUndefined();
});
