import { expect, test } from 'vitest';
import type { AnnotatedImage } from '../document';
import { exampleSession, labelsOf } from './example';
import { exportEntries } from './export';
import type { TextFile } from './label-file';
import { withProvenance } from './provenance';
import { readLabels } from './read';
import { FORMATS } from './registry';
import { inPlace, soundly, UNASKED } from './testing';

const CREATED = new Date(0);
const OPTIONS = { validation: 0, created: CREATED };

function formatOf(id: string) {
  const found = FORMATS.find((format) => format.id === id);
  if (!found) throw new Error(id);
  return found;
}

const texts = (images: readonly AnnotatedImage[], id: string): TextFile[] =>
  [...exportEntries(images, formatOf(id), { ...OPTIONS, withImages: false })].flatMap((entry) =>
    'text' in entry ? [entry] : [],
  );

test.each(['labels', 'coco-19', 'yolo-19'] as const)('%s is read back exactly', (format) => {
  const session = exampleSession(12, 3);
  const result = soundly(readLabels(texts(session, format), session, UNASKED));
  expect(result.images.map(({ id, document }) => [id, labelsOf(document)])).toEqual(
    session.map(({ id, document }) => [id, labelsOf(document)]),
  );
});

test('writes the files of every format, and images only if requested', () => {
  const session = exampleSession(3, 3);
  const paths = (id: string, withImages: boolean) =>
    [...exportEntries(session, formatOf(id), { ...OPTIONS, withImages })].map(({ path }) => path);
  expect(paths('joints-wide', false)).toEqual(['joints-wide.csv']);
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
  const others = FORMATS.filter(({ id }) => id !== 'labels' && id !== 'yolo-17');
  expect(paths('labels', false)).toEqual(['README.txt', ...others.flatMap(({ id }) => paths(id, false))]);
});

test('names images that were flagged before they were drafted in COCO-19 only, once, and reads them back without labels', () => {
  const session = exampleSession(4, 3);
  const flagged = { id: 9, name: 'later.jpg', size: { width: 4, height: 3 } };
  const files = (id: string, validation = 0) =>
    [...exportEntries(session, formatOf(id), { ...OPTIONS, validation, withImages: false, flagged: [flagged.name] })].flatMap(
      (entry) => ('text' in entry ? [entry] : []),
    );
  const naming = (id: string, validation = 0) =>
    files(id, validation).filter(({ path, text }) => `${path} ${text}`.includes('later'));
  const named = Object.fromEntries(FORMATS.map(({ id }) => [id, naming(id).map(({ path }) => path)]));
  const none = Object.fromEntries(FORMATS.map(({ id }) => [id, []]));
  expect(named).toEqual({ ...none, 'coco-19': ['coco-19.json'], labels: ['coco-19.json'] });
  expect([files('coco-19', 0.5).length, naming('coco-19', 0.5).length]).toEqual([2, 1]);
  const known = [...session, flagged];
  const read = soundly(readLabels(files('coco-19'), known, UNASKED));
  expect([read.flagged, read.images.map(({ id }) => id)]).toEqual([[9], session.map(({ id }) => id)]);
  expect(soundly(readLabels(files('coco-19'), session, UNASKED)).flagged).toEqual([]); // it need not be here
  expect(readLabels(files('coco-19'), [flagged], UNASKED)?.flagged).toEqual([9]);
});

test('keeps paths inside the folder, and distinct for images that differ only in their extension', () => {
  const [one] = exampleSession(1, 3);
  const named = (...names: string[]) => names.flatMap((name, i) => (one ? [{ ...one, id: i, name }] : []));
  const images = named('../../a.jpg', 'a.png', '/a.webp', 'a-png.gif', '..', 'images/b.jpg');
  const paths = [...exportEntries(images, formatOf('yolo-19'), { ...OPTIONS, withImages: true })].map(({ path }) => path);
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

test('every format has a unique id, and an extension that tells whether it is a single file', () => {
  expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length);
  for (const format of FORMATS) {
    const files = [...format.write(inPlace(exampleSession(3, 3)), CREATED)];
    expect([format.id, files.length > 1 ? 'zip' : files[0]?.path]).toEqual([
      format.id,
      format.extension === 'zip' ? 'zip' : `${format.id}.${format.extension}`,
    ]);
  }
});

test('gives images of the same name in two splits different names in a file of all splits', () => {
  const [one] = exampleSession(4, 3).slice(3);
  if (!one) throw new Error('no image');
  const images = ['train/a.jpg', 'valid/a.jpg'].map((name, i) => ({
    ...one,
    id: i,
    name,
    foreign: withProvenance({}, { fileName: 'a.jpg', split: i === 0 ? 'train' : 'val' }),
  }));
  const [csv] = texts(images, 'joints-wide');
  expect(
    new Set(
      csv?.text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ),
  ).toEqual(new Set(['train/a.jpg', 'valid/a.jpg']));
  const mpii = JSON.parse(texts(images, 'mpii')[0]?.text ?? '') as { image: string }[];
  expect(new Set(mpii.map(({ image }) => image))).toEqual(new Set(['train/a.jpg', 'valid/a.jpg']));
  const coco = texts(images, 'coco-19').map(({ text }) => JSON.parse(text) as { images: { file_name: string }[] });
  expect(coco.map((file) => file.images.map(({ file_name }) => file_name))).toEqual([['a.jpg'], ['a.jpg']]);
});

test('ignores a validation share for a format without splits', () => {
  const session = exampleSession(8, 3);
  const options = { created: CREATED, validation: 0.5, withImages: true };
  const paths = [...exportEntries(session, formatOf('joints-wide'), options)].map(({ path }) => path);
  expect(paths.filter((path) => /train|val/.test(path))).toEqual([]);
});
