import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COCO_COUNT } from '../../pose/skeleton';
import type { AnnotatedImage } from '../document';
import { splitsOf } from './assign-splits';
import { exampleSession } from './example';
import { type ExportEntry, exportEntries } from './export';
import { withProvenance } from './provenance';
import { FORMATS } from './registry';

/**
 * Exports are checked against the rules by which trainers read, transcribed from their source code and documentation; nothing below
 * depends on how we write.
 */

interface Options {
  readonly withImages?: boolean;
  readonly validation?: number;
}

function exported(images: readonly AnnotatedImage[], id: string, { withImages = true, validation = 0 }: Options = {}) {
  const format = FORMATS.find((one) => one.id === id);
  if (!format) throw new Error(id);
  const entries: ExportEntry[] = [...exportEntries(images, format, { withImages, validation, created: new Date(0) })];
  return new Map(entries.map((entry) => [entry.path, 'text' in entry ? entry.text : entry.image]));
}
type Files = ReturnType<typeof exported>;

const session = (...names: string[]): AnnotatedImage[] =>
  names.map((name, i) => {
    const [, image] = exampleSession(2, i + 1);
    if (!image) throw new Error('no image');
    return { ...image, id: i, name };
  });

/** Ultralytics, `img2label_paths` in ultralytics/data/utils.py: the last /images/ becomes /labels/, the extension .txt. */
function ultralyticsLabelPath(image: string): string {
  const at = `/${image}`.lastIndexOf('/images/');
  const labels = at < 0 ? `/${image}` : `${`/${image}`.slice(0, at)}/labels/${`/${image}`.slice(at + '/images/'.length)}`;
  return `${labels.slice(1, labels.lastIndexOf('.'))}.txt`;
}

interface DataYaml {
  path?: string;
  train: string;
  val: string;
  test?: string;
  kpt_shape: [number, number];
  names: Map<unknown, string>;
}

/**
 * Ultralytics, `check_det_dataset` and `verify_image_label`: train and val are folders beside data.yaml; each image's label file is where
 * `img2label_paths` says; each line has 5 + joints * 3 columns with a class that data.yaml names.
 */
function readByUltralytics(files: Files): Record<'train' | 'val', { image: string; lines: number[][] }[]> {
  const yaml = parse(String(files.get('data.yaml')), { mapAsMap: true }) as Map<string, unknown>;
  const data = Object.fromEntries(yaml) as unknown as DataYaml;
  expect(data.path).toBeUndefined(); // '.' would be the working directory of the training process
  const [joints, dims] = data.kpt_shape;
  const part = (folder: string) => {
    const images = [...files].filter(([path, file]) => typeof file === 'number' && path.startsWith(`${folder}/`));
    return images.map(([image]) => {
      const text = files.get(ultralyticsLabelPath(image));
      if (typeof text !== 'string') throw new Error(`${image} has no labels, so it would count as background`);
      const lines = text.split('\n').filter((line) => line !== '');
      return {
        image,
        lines: lines.map((line) => {
          const numbers = line.split(' ').map(Number);
          expect(numbers).toHaveLength(5 + joints * dims);
          expect(data.names.has(numbers[0])).toBe(true); // a number: datumaro reports "Undeclared label '0'" for a string
          return numbers;
        }),
      };
    });
  };
  return { train: part(data.train), val: part(data.val) };
}

/**
 * pycocotools, `COCO.createIndex` and `loadRes`: annotations and images are joined by their ids, categories by theirs. `COCOeval._prepare`
 * reads iscrowd and num_keypoints of every annotation.
 */
function readByPycocotools(text: unknown) {
  const file = JSON.parse(String(text)) as Record<'images' | 'annotations' | 'categories', Record<string, never>[]>;
  const images = new Map(file.images.map((image) => [image.id, image]));
  const categories = new Map(file.categories.map((category) => [category.id, category]));
  const annotations = new Map(file.annotations.map((annotation) => [annotation.id, annotation]));
  expect([images.size, categories.size, annotations.size]).toEqual([
    file.images.length,
    file.categories.length,
    file.annotations.length,
  ]);
  for (const annotation of file.annotations) {
    expect([images.has(annotation.image_id), categories.has(annotation.category_id)]).toEqual([true, true]);
    expect(annotation).toMatchObject({ iscrowd: expect.any(Number), num_keypoints: expect.any(Number) });
  }
  return {
    images: file.images.map((image) => String(image.file_name)),
    annotations: file.annotations,
    categories: file.categories,
  };
}

test.each([
  ['flat', ['a.jpg', 'b.png']],
  ['in a folder called images', ['images/a.jpg', 'images/b.png']],
  ['as Roboflow has them', ['set/train/images/a.jpg', 'set/valid/images/a.jpg']],
  ['as Ultralytics has them', ['set/images/train/a.jpg', 'set/images/val/a.jpg']],
  ['in nested folders called images', ['images/images/x/images/a.jpg', 'images/b/images/a.jpg']],
  ['with dots, spaces and non-ASCII letters', ['my.set/a b.c.jpg', 'my.set/Köln.jpg']],
  ['that differ only in case or extension', ['a.jpg', 'a.png', 'A.webp']],
])('Ultralytics finds the labels of every image: %s', (_name, names) => {
  const images = session(...names);
  const { train, val } = readByUltralytics(exported(images, 'yolo-17'));
  const found = new Map([...train, ...val].map((one) => [one.image, one.lines.length]));
  expect([...found.values()]).toEqual(images.map(({ document }) => document.subjects.length));
});

test('exports training, validation and test images as they came in', () => {
  const files = exported(session('set/train/images/a.jpg', 'set/valid/images/a.jpg', 'set/test/images/c.jpg'), 'yolo-19');
  const { train, val } = readByUltralytics(files);
  expect([train, val].map((part) => part.map(({ image }) => image))).toEqual([['images/train/a.jpg'], ['images/val/a.jpg']]);
  expect(parse(String(files.get('data.yaml')))).toMatchObject({ test: 'images/test' });
  const coco = exported(session('set/train/a.jpg', 'set/valid/a.jpg'), 'coco-17', { withImages: false });
  expect([...coco.keys()]).toEqual(['coco-17-train.json', 'coco-17-val.json']);
  expect([...coco.values()].map((text) => readByPycocotools(text).images)).toEqual([['set/train/a.jpg'], ['set/valid/a.jpg']]);
});

const many = (count: number, nameOf: (i: number) => string) => session(...Array.from({ length: count }, (_, i) => nameOf(i)));

test('chooses the validation share by name, so that adding images does not change the choice', () => {
  const validationOf = (images: readonly AnnotatedImage[]) =>
    readByUltralytics(exported(images, 'yolo-17', { validation: 0.25 })).val.map(({ image }) => image);
  const few = validationOf(many(200, (i) => `${i}.jpg`));
  expect(few.length).toBeGreaterThan(200 * 0.15);
  expect(few.length).toBeLessThan(200 * 0.35);
  const more = new Set(validationOf(many(300, (i) => `${i}.jpg`)));
  expect(few.filter((name) => !more.has(name))).toEqual([]);
  expect(validationOf(many(2, (i) => `${i}.jpg`))).toHaveLength(1); // neither part is empty
});

test('a validation share keeps whole folders and the frames of a video together', () => {
  for (const nameOf of [
    (i: number) => `scene${i % 20}/${i}.jpg`,
    (i: number) => `clip${i % 20}.mp4_${String(i).padStart(5, '0')}.jpg`,
  ]) {
    const { train, val } = readByUltralytics(exported(many(100, nameOf), 'yolo-17', { validation: 0.3 }));
    const group = ({ image }: { image: string }) => /(scene|clip)\d+/.exec(image)?.[0];
    const [trained, validated] = [new Set(train.map(group)), new Set(val.map(group))];
    expect(validated.size).toBeGreaterThan(1);
    expect([...validated].filter((name) => trained.has(name))).toEqual([]);
    expect(train.length + val.length).toBe(100);
  }
});

test.each([
  ['one large and one small folder', 0.1, { morning: 1900, evening: 100 }, 100],
  ['folders that are all too large', 0.1, { a: 50, b: 40, c: 60 }, 40],
  ['folders of different sizes', 0.3, { a: 70, b: 10, c: 10, d: 10 }, 30],
  ['a folder of just that share', 0.29, { a: 71, b: 29 }, 29],
  ['a folder beside one image', 0.1, { a: 50, '': 1 }, 1],
])('a validation share counts images: %s', (_name, share, folders, validation) => {
  const images = Object.entries(folders).flatMap(([folder, size]) =>
    Array.from({ length: size }, (_, i) => ({ name: folder ? `${folder}/${i}.jpg` : `${i}.jpg`, foreign: undefined })),
  );
  expect(splitsOf(images, share).filter((split) => split === 'val')).toHaveLength(validation);
});

test('ignores the validation share if validation images came in', () => {
  const files = exported(session('train/a.jpg', 'train/b.jpg', 'val/c.jpg'), 'yolo-17', { validation: 0.5 });
  expect(readByUltralytics(files).val.map(({ image }) => image)).toEqual(['images/val/c.jpg']);
});

test('pycocotools reads every COCO export, and finds the images under its file names', () => {
  for (const id of ['coco-17', 'coco-19', 'labels']) {
    const files = exported(session('set/train/images/a.jpg', 'set/valid/images/a.jpg', 'set/b.jpg'), id);
    for (const [path, text] of files) {
      if (!/coco.*\.json$/.test(path)) continue;
      for (const name of readByPycocotools(text).images) expect(typeof files.get(`images/${name}`)).toBe('number');
    }
  }
});

/** An image with a person, a crowd, a referee and a bicycle, from a COCO file. */
function mixed(): AnnotatedImage {
  const [image] = session('photos/a.png');
  const [subject] = image?.document.subjects ?? [];
  if (!image || !subject) throw new Error('nobody');
  const categories = [
    { name: 'person', joints: true, fields: { id: 1 } },
    { name: 'referee', joints: true, fields: { id: 4, colour: 'black' } },
    { name: 'bicycle', joints: false, fields: { id: 2 } },
  ];
  const subjects = [
    subject,
    { ...subject, id: 11, foreign: { id: 70, iscrowd: 1 } },
    { ...subject, id: 12, category: 'referee', foreign: { id: 71, track_id: 5 } },
  ];
  const others = [{ category: 'bicycle', fields: { id: 72, bbox: [1, 2, 3, 4], area: 12 } }];
  const provenance = { fileName: 'a.png', others, file: { categories } };
  return { ...image, document: { subjects, nextId: 13 }, foreign: withProvenance({ id: 9, license: 3 }, provenance) };
}

test('categories, crowds, track ids, file names and other annotations survive in COCO', () => {
  const [text] = exported([mixed()], 'coco-17', { withImages: false }).values();
  const { images, annotations, categories } = readByPycocotools(text);
  expect(images).toEqual(['a.png']);
  expect(annotations.map(({ id, category_id, iscrowd, track_id }) => [id, category_id, iscrowd, track_id])).toEqual([
    [73, 1, 0, undefined],
    [70, 1, 1, undefined],
    [71, 4, 0, 5],
    [72, 2, 0, undefined],
  ]);
  expect(
    categories.map(({ id, name, colour, keypoints }) => [id, name, colour, (keypoints as unknown[] | undefined)?.length]),
  ).toEqual([
    [1, 'person', undefined, COCO_COUNT],
    [4, 'referee', 'black', COCO_COUNT],
    [2, 'bicycle', undefined, undefined],
  ]);
});

test('COCO files of several splits have the same categories under the same ids', () => {
  const [train, val] = session('train/a.jpg', 'val/b.jpg').map((image, i) => {
    const subjects = image.document.subjects.map((subject) => ({ ...subject, category: ['referee', 'player'][i] ?? '' }));
    return { ...image, document: { ...image.document, subjects } };
  });
  if (!train || !val) throw new Error('no images');
  const read = [...exported([train, val], 'coco-17', { withImages: false }).values()].map(readByPycocotools);
  expect(read).toHaveLength(2);
  expect(read[0]?.categories.map(({ name }) => name)).toEqual(expect.arrayContaining(['referee', 'player']));
  expect(read[1]?.categories).toEqual(read[0]?.categories);
  expect(new Set(read.flatMap(({ annotations }) => annotations.map(({ category_id }) => category_id))).size).toBe(2);
});

test('YOLO, MPII and CSV leave out crowds and other objects', () => {
  const [{ lines } = { lines: [] }] = readByUltralytics(exported([mixed()], 'yolo-17')).train;
  expect(lines.map(([number]) => number)).toEqual([0, 1]);
  const count = (id: string) => String([...exported([mixed()], id, { withImages: false }).values()][0]);
  expect(JSON.parse(count('mpii'))).toHaveLength(2);
  expect(count('joints-wide').trim().split('\r\n')).toHaveLength(1 + 2);
});
