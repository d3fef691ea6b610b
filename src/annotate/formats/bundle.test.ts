import { expect, test } from 'vitest';
import type { AnnotatedImage } from '../document';
import { exportEntries } from './bundle';
import { exampleSession, labelsOf } from './example';
import type { ExportFormat } from './names';
import { type LabelFile, readLabels } from './read';

const CREATED = new Date(0);

const texts = (images: readonly AnnotatedImage[], format: ExportFormat): LabelFile[] =>
  [...exportEntries(images, format, false, CREATED)].flatMap((entry) => ('text' in entry ? [entry] : []));

test.each(['all', 'coco-19', 'yolo-19'] as const)('%s comes back exactly', (format) => {
  const session = exampleSession(12, 3);
  const result = readLabels(texts(session, format), session, 'refuse');
  if (!result?.ok) throw new Error(JSON.stringify(result));
  expect(result.images.map(({ id, document }) => [id, labelsOf(document)])).toEqual(
    session.map(({ id, document }) => [id, labelsOf(document)]),
  );
});

test('every format has its files, and images only if they are wanted', () => {
  const session = exampleSession(3, 3);
  const paths = (format: ExportFormat, withImages: boolean) =>
    [...exportEntries(session, format, withImages, CREATED)].map(({ path }) => path);
  expect(paths('csv-wide', false)).toEqual(['joints-wide.csv']);
  expect(paths('yolo-17', false)).toEqual([
    'data.yaml',
    'labels/some folder/image-0.txt',
    'labels/image-1.txt',
    'labels/some folder/image-2.txt',
  ]);
  expect(paths('coco-17', true)).toEqual([
    'coco-17.json',
    'images/some folder/image-0.png',
    'images/image-1.jpg',
    'images/some folder/image-2.png',
  ]);
  expect(paths('all', false)).toHaveLength(6 + 1 + 3);
});

test('paths stay inside the folder, and labels of images that differ by their ending alone do not meet', () => {
  const [one] = exampleSession(1, 3);
  const named = (...names: string[]) => names.flatMap((name, i) => (one ? [{ ...one, id: i, name }] : []));
  const images = named('../../a.jpg', 'a.png', '/a.webp', 'a-png.gif', '..', 'images/b.jpg');
  const paths = [...exportEntries(images, 'yolo-19', true, CREATED)].map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('images/'))).toEqual([
    'images/a.jpg',
    'images/a-png.png',
    'images/a-webp.webp',
    'images/a-png-gif.gif',
    'images/image',
    'images/b.jpg',
  ]);
  expect(new Set(paths).size).toBe(paths.length);
});
