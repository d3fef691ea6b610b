import { expect, test } from 'vitest';
import { JOINTS } from '../../pose/skeleton';
import type { AnnotatedImage } from '../document';
import { cocoFile } from './coco/write';
import type { ReadOptions } from './context';
import type { KnownImage } from './match';
import { type Imported, NOTHING } from './problem';
import { entryFields, provenanceOf } from './provenance';
import { readLabels } from './read';
import { inPlace, soundly, UNASKED } from './testing';
import { yoloClasses } from './yolo/write';

/**
 * Label files as tools and people really write them. Each test has a small synthetic file with the trait of a public one; the tool or the
 * report that it was seen in is named with it.
 */

const SIZE = { width: 160, height: 120 };
const NAMES = JOINTS.slice(0, 17);
const images = (...names: string[]): KnownImage[] => names.map((name, i) => ({ id: i + 1, name, size: SIZE }));

/** One person whose joints lie within (40, 10) to (120, 118). */
const PLACES = NAMES.map((_, i) => [44 + 4 * i, 14 + 6 * i] as const);
const KEYPOINTS = PLACES.flatMap(([x, y]) => [x, y, 2]);
const ANNOTATION = { id: 1, image_id: 1, category_id: 1, bbox: [40, 10, 80, 108], area: 8640, iscrowd: 0, keypoints: KEYPOINTS };
const CATEGORY = { id: 1, name: 'person', keypoints: NAMES };

interface Coco {
  images: object[];
  annotations: object[];
  categories: object[];
}

const coco = (change: Partial<Coco> = {}): Coco => ({
  images: [{ id: 1, file_name: 'a.png', ...SIZE }],
  annotations: [ANNOTATION],
  categories: [CATEGORY],
  ...change,
});
const json = (value: unknown, path = 'labels.json') => ({ path, text: JSON.stringify(value) });

const YAML = 'kpt_shape: [17, 3]\nnames:\n  0: person\n';
const yolo = (v: string | ((joint: number) => string) = '2', number = 0) => {
  const joints = PLACES.map(([x, y], i) => `${x / SIZE.width} ${y / SIZE.height} ${typeof v === 'string' ? v : v(i)}`);
  return [number, 0.5, 0.533333, 0.5, 0.9, ...joints].join(' ').replace(/ +/g, ' ').trim();
};
const file = (path: string, text: string) => ({ path, text });
const dataYaml = (text = YAML, path = 'data.yaml') => file(path, text);

type Files = readonly { path: string; text: string }[];
const read = (files: Files, known = images('a.png'), options: ReadOptions = UNASKED): Imported =>
  readLabels(files, known, options) ?? NOTHING;
const sound = (files: Files, known = images('a.png')): Imported => soundly(read(files, known));
const people = ({ images: [image] }: Imported) => image?.document.subjects ?? [];
const labelled = (result: Imported, person = 0) =>
  people(result)[person]?.labels.filter(({ visibility }) => visibility > 0).length;

test('CVAT, Ultralytics YOLO Pose: treats train.txt as a list of images, not as labels', () => {
  const files = [
    dataYaml(`path: .\ntrain: train.txt\n${YAML}`),
    file('train.txt', 'data/images/train/a.png\n'),
    file('labels/train/a.txt', yolo()),
  ];
  const result = sound(files, images('images/train/a.png'));
  expect([labelled(result), result.passedOver]).toEqual([17, ['train.txt']]);
  expect(provenanceOf(result.images[0] ?? { foreign: undefined }).split).toBe('train');
});

test('Roboflow: treats equal names in train and valid as different images, each with its own labels', () => {
  const files = [
    dataYaml(`train: ../train/images\nval: ../valid/images\n${YAML}`, 'set/data.yaml'),
    file('set/train/labels/0001.txt', yolo()),
    file('set/valid/labels/0001.txt', `${yolo()}\n${yolo('1')}`),
  ];
  const result = sound(files, images('set/train/images/0001.png', 'set/valid/images/0001.png'));
  expect(result.images.map(({ id, document }) => [id, document.subjects.length])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(result.images.map((image) => provenanceOf(image).split)).toEqual(['train', 'val']);
});

test("Roboflow, COCO: applies each split's file to the images beside it, even if names repeat", () => {
  const files = [json(coco(), 'set/train/_annotations.coco.json'), json(coco(), 'set/valid/_annotations.coco.json')];
  const result = sound(files, images('set/train/a.png', 'set/valid/a.png'));
  expect(result.images.map((image) => [image.id, provenanceOf(image).split])).toEqual([
    [1, 'train'],
    [2, 'val'],
  ]);
});

test('imports an annotation without keypoints as a person without labels (jsbroks/coco-annotator)', () => {
  const { keypoints: _, ...bare } = ANNOTATION;
  const result = sound([json(coco({ annotations: [ANNOTATION, { ...bare, id: 2, segmentation: [[1, 2, 3, 4, 5, 6]] }] }))]);
  expect([people(result).length, labelled(result, 0), labelled(result, 1)]).toEqual([2, 17, 0]);
});

test('imports no people from categories without joints, but keeps their annotations (cvat#7501)', () => {
  const bicycle = { id: 2, image_id: 1, category_id: 2, bbox: [5, 60, 50, 40], area: 2000 };
  const result = sound([json(coco({ annotations: [ANNOTATION, bicycle], categories: [CATEGORY, { id: 2, name: 'bicycle' }] }))]);
  expect(people(result)).toHaveLength(1);
  expect(provenanceOf(result.images[0] ?? { foreign: undefined }).others).toMatchObject([
    { category: 'bicycle', fields: { id: 2, bbox: [5, 60, 50, 40] } },
  ]);
});

test('distinguishes two categories of people (datumaro, hub#721)', () => {
  const categories = [
    { ...CATEGORY, name: 'player' },
    { ...CATEGORY, id: 2, name: 'referee' },
  ];
  const result = sound([json(coco({ annotations: [ANNOTATION, { ...ANNOTATION, id: 2, category_id: 2 }], categories }))]);
  expect(people(result).map(({ category }) => category)).toEqual(['player', 'referee']);
});

test('accepts a flip_idx that swaps nothing, with a note (ultralytics#21827)', () => {
  const result = sound([dataYaml(`${YAML}flip_idx: ${JSON.stringify([...NAMES.keys()])}`), file('labels/a.txt', yolo())]);
  expect(labelled(result)).toBe(17);
  expect(result.notes).toEqual([expect.stringContaining('flip_idx')]);
});

test('keeps classes that are actions', () => {
  const yaml = dataYaml("kpt_shape: [17, 3]\nnames: ['climbing', 'walking']");
  const result = sound([yaml, file('labels/a.txt', `${yolo('2', 0)}\n${yolo('2', 1)}`)]);
  expect(people(result).map(({ category }) => category)).toEqual(['climbing', 'walking']);
});

test('a YOLO class of boxes without joints does not become people in COCO', () => {
  const known = images('a.png');
  const bicycle = `1 0.5 0.5 0.25 0.5${' 0 0 0'.repeat(17)}`;
  const yolos = [dataYaml(`${YAML}  1: bicycle\n  2: rider\n`), file('labels/a.txt', `${yolo()}\n${bicycle}\n${yolo('2', 2)}`)];
  const taken = (result: Imported) =>
    known.map((image) => ({ ...image, verdict: 'open' as const, edited: false, ...result.images[0] })) as AnnotatedImage[];
  const again = sound([json(cocoFile(inPlace(taken(sound(yolos))), 17, new Date(0)))]);
  expect(people(again).map(({ category }) => category)).toEqual([undefined, 'rider']);
  expect(provenanceOf(again.images[0] ?? { foreign: undefined }).others).toMatchObject([{ category: 'bicycle' }]);
  expect(yoloClasses(inPlace(taken(sound(yolos)))).list.map(({ name }) => name)).toEqual(['person', 'bicycle', 'rider']);
});

test.each([
  ['save_txt', ''],
  ['save_conf', ' 0.912'],
  ['a track', ' 7'],
  ['save_conf and a track', ' 0.912 7'],
])('imports predictions of Ultralytics as drafts with their scores: %s (ultralytics#9983, #20832)', (_name, behind) => {
  const line = `${yolo((joint) => String(0.99 - joint * 0.05))}${behind}`;
  const [person] = people(sound([dataYaml(), file('labels/a.txt', line)]));
  expect(person?.prediction?.slice(0, 3).map(({ score }) => score)).toEqual([0.99, 0.94, 0.89]);
  expect(person?.prediction?.[0]).toMatchObject({ x: 44, y: 14 });
  expect(person?.labels[0]).toEqual({ x: 44, y: 14, visibility: 2 });
  expect(person?.labels[16]?.visibility).toBe(0); // its score is 0.19
  const foreign = person?.foreign ?? {};
  expect([foreign.score, foreign.track_id]).toEqual([
    behind.includes('0.912') ? 0.912 : undefined,
    behind.endsWith('7') ? 7 : undefined,
  ]);
});

test("asks for the joints of label files without data.yaml, suggesting COCO's order (X-AnyLabeling#847)", () => {
  const files = [file('labels/a.txt', yolo()), file('classes.txt', 'person')];
  const { question } = read(files);
  expect(question).toMatchObject({ nameless: true, guess: [...NAMES.keys()] });
  const answered = read(files, images('a.png'), { ...UNASKED, joints: { [question?.key ?? '']: [...NAMES.keys()] } });
  expect([labelled(soundly(answered)), answered.passedOver]).toEqual([17, ['classes.txt']]);
});

test('ignores a wrong num_keypoints (CrowdPose#16, Halpe-FullBody#10)', () => {
  expect(labelled(sound([json(coco({ annotations: [{ ...ANNOTATION, num_keypoints: 3 }] }))]))).toBe(17);
});

test('accepts images without width and height (PoseTrack18)', () => {
  const path = 'images/val/seq/000000.png';
  expect(labelled(sound([json(coco({ images: [{ id: 1, file_name: path }] }))], images(path)))).toBe(17);
});

test("asks for the joints of a category that names none, suggesting COCO's order for 51 numbers", () => {
  const files = [json(coco({ categories: [{ id: 1, name: 'person' }] }))];
  const { question } = read(files);
  expect(question).toMatchObject({ nameless: true, names: NAMES.map((_, i) => String(i + 1)), guess: [...NAMES.keys()] });
  const joints = { [question?.key ?? '']: [...NAMES.keys()] };
  expect(labelled(soundly(read(files, images('a.png'), { ...UNASKED, joints })))).toBe(17);
});

test.each([
  ['numbers from 1 (cvat#5285)', (i: number) => String(i + 1)],
  ['numbers from 0', (i: number) => String(i)],
  ['numbered points', (i: number) => `point_${i + 1}`],
])('asks for joints that are named by %s', (_name, nameOf) => {
  const { question } = read([json(coco({ categories: [{ ...CATEGORY, keypoints: NAMES.map((_, i) => nameOf(i)) }] }))]);
  expect(question).toMatchObject({ nameless: true, guess: [...NAMES.keys()] });
});

test('asks for extra and differently named joints, guesses them by name, and keeps extra joints as a field', () => {
  const category = { ...CATEGORY, keypoints: ['Head', 'pelvis', 'LWrist'] };
  const files = [
    json(coco({ categories: [category], annotations: [{ ...ANNOTATION, keypoints: [1, 2, 2, 3, 4, 1, 5, 6, 2] }] })),
  ];
  const { question } = read(files);
  expect(question?.guess).toEqual([JOINTS.indexOf('head_top'), 'keep', JOINTS.indexOf('left_wrist')]);
  const [person] = people(read(files, images('a.png'), { ...UNASKED, joints: { [question?.key ?? '']: question?.guess ?? [] } }));
  expect(person?.foreign?.extra_keypoints).toEqual({ pelvis: [3, 4, 1] });
  expect(person?.labels[JOINTS.indexOf('left_wrist')]).toMatchObject({ x: 5, y: 6 });
});

test('keeps 64-bit ids and text ids as text', () => {
  const text = JSON.stringify(coco())
    .replaceAll('"image_id":1', '"image_id":900100000000001234')
    .replace('"id":1,"file', '"id":900100000000001234,"file');
  expect(text.match(/900100000000001234/g)).toHaveLength(2);
  const result = sound([file('labels.json', text)]);
  expect([labelled(result), result.images[0]?.foreign?.id]).toEqual([17, '900100000000001234']);
  const named = coco({ images: [{ id: 'one', file_name: 'a.png' }], annotations: [{ ...ANNOTATION, image_id: 'one' }] });
  expect(labelled(sound([json(named)]))).toBe(17);
});

test.each<[string, string, string]>([
  ['letters that macOS decomposes', 'Ko\u0308ln.png', 'Köln.png'],
  ['a URL', 'https://example.org/data/my%20photo.png?size=large', 'my photo.png'],
  ['%20', 'my%20photo%201.png', 'my photo 1.png'],
  ['a Label Studio local-files path', '/data/local-files/?d=set/my%20photo.png', 'my photo.png'],
  ['a question mark', 'why?d=1&e=2.png', 'why?d=1&e=2.png'],
  ['a Label Studio upload prefix', '/data/upload/1/cb0618f6-shot.png', 'shot.png'],
  ['a lower-case extension', 'IMG_1.png', 'IMG_1.PNG'],
  ['a Windows path', 'C:\\Users\\me\\set\\a.png', 'a.png'],
  [
    'a Windows path that leads out of its folder (label-studio#7294)',
    '..\\..\\label-studio\\media\\upload\\4\\cb0618f6-shot.png',
    'images/cb0618f6-shot.png',
  ],
  ['an absolute path', '/home/me/set/images/a.png', 'photos/a.png'],
])('finds an image by a file_name with %s', (_what, path, name) => {
  expect(labelled(sound([json(coco({ images: [{ id: 1, file_name: path, ...SIZE }] }))], images(name, 'other.png')))).toBe(17);
});

test('prefers the name of the same case: IMG_1.png, not IMG_1.PNG', () => {
  const result = sound([json(coco({ images: [{ id: 1, file_name: 'IMG_1.png', ...SIZE }] }))], images('IMG_1.PNG', 'IMG_1.png'));
  expect(result.images.map(({ id }) => id)).toEqual([2]);
});

test('reads the one of several yaml files that has kpt_shape', () => {
  const result = sound([
    file('hyp.yaml', 'lr0: 0.01\n'),
    dataYaml(),
    file('labels/a.txt', yolo()),
    file('args.yaml', 'names: x'),
  ]);
  expect([labelled(result), result.passedOver]).toEqual([17, ['hyp.yaml']]);
});

test('accepts byte order marks, CRLF and tabs', () => {
  const bom = '\uFEFF';
  expect(
    labelled(
      sound([dataYaml(bom + YAML.replaceAll('\n', '\r\n')), file('labels/a.txt', `${bom}${yolo().replaceAll(' ', '\t')}\r\n`)]),
    ),
  ).toBe(17);
  expect(labelled(sound([file('labels.json', bom + JSON.stringify(coco()))]))).toBe(17);
});

test('reads an empty label file as nobody being there, and leaves an image without one as it is', () => {
  const result = sound([dataYaml(), file('labels/a.txt', yolo()), file('labels/b.txt', '')], images('a.png', 'b.png', 'c.png'));
  expect(result.images.map(({ id, document }) => [id, document.subjects.length])).toEqual([
    [1, 1],
    [2, 0],
  ]);
});

test('accepts two numbers per joint, a Windows path and names as a list', () => {
  const yaml = dataYaml('path: C:\\Users\\me\\set\nkpt_shape: [17, 2]\nnames: [person]');
  expect(labelled(sound([yaml, file('labels/a.txt', yolo(''))]))).toBe(17);
});

test('refuses NaN and gives its position, even in a file of one line (fiftyone#3309)', () => {
  const result = read([file('labels.json', JSON.stringify(coco()).replace('44,14,2', 'NaN,NaN,0'))]);
  expect(result.problems[0]).toMatchObject({
    where: expect.stringMatching(/^line 1, character \d+$/),
    what: expect.stringContaining('NaN'),
  });
});

test('keeps positions outside the image', () => {
  const keypoints = KEYPOINTS.with(0, -5.5).with(1, -3);
  expect(people(sound([json(coco({ annotations: [{ ...ANNOTATION, keypoints }] }))]))[0]?.labels[0]).toMatchObject({
    x: -5.5,
    y: -3,
  });
});

test('keeps a crowd and its mask', () => {
  const crowd = {
    ...ANNOTATION,
    id: 2,
    iscrowd: 1,
    keypoints: Array(51).fill(0),
    segmentation: { size: [120, 160], counts: [1, 2] },
  };
  const [, person] = people(sound([json(coco({ annotations: [ANNOTATION, crowd] }))]));
  expect(person?.foreign).toMatchObject({ iscrowd: 1, segmentation: { counts: [1, 2] } });
});

test("skips instances and captions in COCO's annotations folder, and reports them if there is nothing else", () => {
  const { keypoints: _, ...box } = ANNOTATION;
  const files = [
    json(
      { ...coco(), annotations: [{ id: 1, image_id: 1, caption: 'A person.' }], categories: undefined },
      'annotations/captions_val.json',
    ),
    json(coco({ annotations: [box], categories: [{ id: 1, name: 'person' }] }), 'annotations/instances_val.json'),
    json(coco(), 'annotations/person_keypoints_val.json'),
  ];
  const result = sound(files);
  expect([labelled(result), result.passedOver]).toEqual([
    17,
    ['annotations/captions_val.json', 'annotations/instances_val.json'],
  ]);
  expect(read(files.slice(0, 2)).problems.map(({ what }) => what)).toEqual(
    Array(2).fill(expect.stringContaining('no keypoints')),
  );
});

test('accepts whole numbers written as floats (mmpose#1743)', () => {
  expect(
    labelled(sound([file('labels.json', JSON.stringify(coco()).replaceAll(',2,', ',2.0,').replaceAll('"id":1,', '"id":1.0,'))])),
  ).toBe(17);
});

test('imports COCO with scores in place of visibilities as drafts', () => {
  const keypoints = PLACES.flatMap(([x, y], i) => [x, y, i === 0 ? 0.1 : 0.87]);
  const [person] = people(sound([json(coco({ annotations: [{ ...ANNOTATION, keypoints }] }))]));
  expect(person?.prediction?.slice(0, 2).map(({ score }) => score)).toEqual([0.1, 0.87]);
  expect(person?.labels.slice(0, 2).map(({ visibility }) => visibility)).toEqual([0, 2]);
});

test('imports scores above 1 as 1 (HRNet, MMPose)', () => {
  const keypoints = PLACES.flatMap(([x, y], i) => [x, y, i === 0 ? 0.87 : 1.03]);
  for (const labels of [
    [{ image_id: 1, category_id: 1, keypoints, score: 0.9 }],
    coco({ annotations: [{ ...ANNOTATION, keypoints }] }),
  ]) {
    const [person] = people(sound([json(labels)]));
    expect(person?.prediction?.slice(0, 2).map(({ score }) => score)).toEqual([0.87, 1]);
    expect(labelled(sound([json(labels)]))).toBe(17);
  }
  const negative = json([{ image_id: 1, category_id: 1, keypoints: keypoints.with(2, -0.5) }]);
  expect(read([negative]).problems).toMatchObject([{ what: 'The score must be 0 or more, but here it is -0.5.' }]);
});

test('does not take visibilities for scores because one of them is wrong', () => {
  const annotations = [{ ...ANNOTATION, keypoints: KEYPOINTS.with(2, 1.5) }];
  expect(read([json(coco({ annotations }))]).problems).toMatchObject([
    { what: expect.stringContaining('0, 1 or 2, but here it is 1.5') },
  ]);
});

test("imports COCO's list of results as drafts of the images that their ids refer to", () => {
  const result = (image_id: number) => ({ image_id, category_id: 1, keypoints: KEYPOINTS, score: 0.9 });
  const [person] = people(sound([json([result(1)], 'results.json')]));
  expect([person?.prediction?.[0]?.score, person?.labels[0]?.visibility]).toEqual([0.9, 2]);
  const numbered = sound([json([result(139)])], images('000000000139.jpg', '000000000140.jpg'));
  expect([numbered.images.map(({ id }) => id), numbered.notes]).toEqual([
    [1],
    [expect.stringMatching(/^One image was found by the number/)],
  ]);
  const listed = { images: [{ id: 7, file_name: 'b.png' }] };
  expect(sound([json([result(7)]), json(listed, 'images.json')], images('a.png', 'b.png')).images.map(({ id }) => id)).toEqual([
    2,
  ]);
  const before = images('a.png', 'b.png').map((image) => ({ ...image, fileId: image.id + 40 }));
  expect(sound([json([result(42)])], before).images.map(({ id }) => id)).toEqual([2]);
  expect(read([json([result(7)])], images('a.png', 'b.png')).problems).toMatchObject([
    {
      kind: 'missing-image',
      what: expect.stringMatching(/^number 7 is not in this session\. .*import that file first, /),
    },
  ]);
});

test('says once what to do about many results without images', () => {
  const many = Array.from({ length: 30 }, (_, i) => ({ image_id: 700 + i, category_id: 1, keypoints: KEYPOINTS, score: 0.9 }));
  expect(read([json(many)], images('a.png', 'b.png')).problems).toMatchObject([
    { images: 30, what: expect.stringMatching(/the first is number 700\. .*import that file first, /) },
  ]);
});

test('keeps the ids of results, and what a list of images says with them', () => {
  const result = (image_id: number) => ({ image_id, category_id: 1, keypoints: KEYPOINTS, score: 0.9 });
  const listed = {
    info: { contributor: 'somebody' },
    licenses: [{ id: 3, name: 'CC BY 4.0' }],
    images: [{ id: 42, file_name: 'a.png', license: 3, ...SIZE }],
    categories: [{ id: 1, name: 'person' }],
  };
  const [image] = sound([json([result(42)], 'results.json'), json(listed, 'image_info_val2017.json')]).images;
  expect(image && entryFields(image)).toEqual({ id: 42, license: 3 });
  expect(image && provenanceOf(image)).toEqual({
    fileName: 'a.png',
    split: 'val',
    file: {
      info: { contributor: 'somebody' },
      licenses: listed.licenses,
      categories: [{ name: 'person', joints: false, fields: { id: 1, name: 'person' } }],
    },
  });
  expect(sound([json([result(139)])], images('000000000139.jpg')).images[0]?.foreign).toEqual({ id: 139 });
  expect(sound([json([{ ...result(1), image_id: 'a.png' }])]).images[0]?.foreign).toBeUndefined();
});

test('says what to do with results beside labels, and that they were not imported', () => {
  const result = { image_id: 1, category_id: 1, keypoints: KEYPOINTS, score: 0.9 };
  const both = sound([json(coco()), json([result], 'results.json')]);
  expect(people(both)[0]?.prediction).toBeUndefined(); // the labels'
  expect([both.passedOver, both.notes]).toEqual([
    [],
    [expect.stringMatching(/^results\.json holds predictions.*Drop them alone.*“Compare”/)],
  ]);
  const alone = sound([json([result], 'results.json')], [{ ...images('a.png')[0], fileId: 1 } as KnownImage]);
  expect([people(alone)[0]?.prediction?.[0]?.score, alone.notes]).toEqual([0.9, []]);
});

test('takes a file without annotations beside results as a list of images, not as labels that say nobody is there', () => {
  const result = { image_id: 7, category_id: 1, keypoints: KEYPOINTS, score: 0.9 };
  const list = coco({ images: [{ id: 7, file_name: 'a.png', ...SIZE }], annotations: [] });
  const read = sound([json(list, 'image_info.json'), json([result], 'results.json')]);
  expect([labelled(read), read.passedOver, read.notes]).toEqual([17, ['image_info.json'], []]);
  const beside = sound([json(list, 'val.json'), json(coco(), 'train.json'), json([result], 'r.json')]);
  expect([labelled(beside), beside.passedOver]).toEqual([17, ['val.json']]);
  expect(people(sound([json(list)]))).toEqual([]); // alone, it says that nobody is there
});

test('says which image results are for if several could be it', () => {
  const result = (image_id: number | string) => ({ image_id, category_id: 1, keypoints: KEYPOINTS, score: 0.9 });
  const known = images('x/42.png', 'y/42.png');
  const said = (files: Files) => read(files, known).problems.map(({ what }) => what);
  expect(said([json([result(42)])])).toEqual([expect.stringContaining('could be number 42.')]);
  for (const files of [
    [json([result('42.png')])],
    [json([result(1)]), json({ images: [{ id: 1, file_name: '42.png' }] }, 'i.json')],
  ]) {
    expect(said(files)).toEqual([expect.stringContaining('could be 42.png.')]);
  }
});

test('reads 1 for every joint as visible in results (torchvision, Detectron), but as hidden in annotations', () => {
  const third = (v: (joint: number) => number) => PLACES.flatMap(([x, y], i) => [x, y, v(i)]);
  const visibilities = (v: (joint: number) => number) => {
    const [person] = people(sound([json([{ image_id: 1, category_id: 1, keypoints: third(v), score: 0.9 }])]));
    return person?.labels.slice(0, 3).map(({ visibility }) => visibility);
  };
  expect(visibilities((i) => (i === 1 ? 0 : 1))).toEqual([2, 0, 2]);
  expect(visibilities((i) => (i === 1 ? 1 : 2))).toEqual([2, 1, 2]);
  const labels = json(coco({ annotations: [{ ...ANNOTATION, keypoints: third(() => 1) }] }));
  expect(people(sound([labels]))[0]?.labels[0]?.visibility).toBe(1); // annotated by hand: hidden
});

test.each([17, 19, 21])('asks what %s unnamed joints are, unless they are 17, which have the order of COCO', (count) => {
  const joints = Array.from({ length: count }, (_, i) => [i, i, 0.9]);
  const results = json([{ image_id: 1, category_id: 1, keypoints: joints.flat(), score: 0.9 }]);
  const yolos = [dataYaml(YAML.replace('17', String(count))), file('labels/a.txt', `0 .5 .5 .5 .5${' .5 .5 2'.repeat(count)}`)];
  const asked = [[results], yolos].map((files) => read(files).question !== undefined);
  expect(asked).toEqual(Array(2).fill(count !== 17));
});

test('reads JSON lines (.jsonl) as a list', () => {
  const lines = [1, 2].map((image_id) => JSON.stringify({ image_id, category_id: 1, keypoints: KEYPOINTS, score: 0.9 }));
  const known = images('1.png', '2.png');
  expect(sound([file('results.jsonl', `${lines.join('\r\n')}\n`)], known).images.map(({ id }) => id)).toEqual([1, 2]);
  expect(sound([file('coco.jsonl', JSON.stringify(coco()))]).images).toHaveLength(1);
});

test('accepts results that have the file name as image id (AlphaPose)', () => {
  const result = { image_id: 'b.png', category_id: 1, keypoints: KEYPOINTS, score: 2.9, box: [1, 2, 3, 4] };
  expect(sound([json([result])], images('a.png', 'b.png'))).toMatchObject({ images: [{ id: 2 }], notes: [] });
});

test('Roboflow, COCO: finds an image by its original name, unless it was resized since', () => {
  const entry = { id: 0, file_name: `a_png.rf.${'0'.repeat(32)}.png`, ...SIZE, extra: { name: 'a.png' } };
  const labels = (image: object) => json(coco({ images: [image], annotations: [{ ...ANNOTATION, image_id: 0 }] }));
  expect(labelled(sound([labels(entry)]))).toBe(17);
  expect(sound([labels(entry)], images('a.png', entry.file_name)).images.map(({ id }) => id)).toEqual([2]);
  expect(read([labels({ ...entry, width: 640, height: 640 })])).toMatchObject({ images: [], problems: [{ where: 'image 0' }] });
});

test('Roboflow, COCO: does not apply labels of augmentations to their original, but those of a sole image, with a note', () => {
  const entry = (id: number) => ({ id, file_name: `a_png.rf.${id}.png`, ...SIZE, extra: { name: 'a.png' } });
  const labels = (...ids: number[]) =>
    json(coco({ images: ids.map(entry), annotations: ids.map((id) => ({ ...ANNOTATION, id, image_id: id })) }));
  expect(sound([labels(1)])).toMatchObject({
    images: [{ id: 1 }],
    notes: [expect.stringContaining('found by the name it had before Roboflow')],
  });
  const missing = [1, 2].map((id) => ({ where: `image ${id}`, kind: 'missing-image' }));
  expect(read([labels(1, 2)])).toMatchObject({ images: [], problems: missing, notes: [] });
  const original = { id: 3, file_name: 'a.png', ...SIZE };
  const both = json(coco({ images: [entry(1), entry(2), original], annotations: [{ ...ANNOTATION, image_id: 3 }] }));
  expect(read([both])).toMatchObject({ images: [{ id: 1 }], problems: missing });
});

test.each([
  ['one list per joint', PLACES.map(([x, y]) => [x, y, 2])],
  ['two numbers per joint', PLACES.flat()],
])('accepts COCO with %s', (_, keypoints) => {
  const [person] = people(sound([json(coco({ annotations: [{ ...ANNOTATION, keypoints }] }))]));
  expect(person?.labels[15]).toEqual({ x: 104, y: 104, visibility: 2 });
  expect(person?.labels.filter(({ visibility }) => visibility === 2)).toHaveLength(17);
});

test('accepts kpt_shape as a Python tuple', () => {
  const files = [dataYaml('kpt_shape: (17, 3)\nnames: [person]\n'), file('labels/a.txt', yolo())];
  expect(labelled(sound(files))).toBe(17);
});

test('puts a box round the joints if bbox is missing or null', () => {
  const { bbox: _b, area: _a, ...bare } = ANNOTATION;
  const boxes = [bare, { ...ANNOTATION, bbox: null, area: null }].map(
    (annotation) => people(sound([json(coco({ annotations: [annotation] }))]))[0]?.box,
  );
  const [x, y] = [expect.closeTo(44 - 5.76), expect.closeTo(14 - 5.76)]; // 0.06 of 96, the longer side, on each side, as a draft has it
  expect(boxes).toEqual(Array(2).fill({ x, y, width: expect.closeTo(64 + 11.52), height: expect.closeTo(96 + 11.52) }));
});

test('puts a box round the joints of somebody predicted without one, even if all scores are too low for labels (HRNet, MMPose)', () => {
  const result = (score: number) => ({
    image_id: 1,
    category_id: 1,
    score,
    keypoints: PLACES.flatMap(([x, y]) => [x, y, score]),
  });
  const [sure, weak] = people(sound([json([result(0.9), result(0.1)])]));
  expect([weak?.box, weak?.labels.some(({ visibility }) => visibility > 0)]).toEqual([sure?.box, false]);
  expect(weak?.prediction?.[0]?.score).toBe(0.1);
});

test.each([
  ['of zeros, with an area of 0 (coco-annotator)', { bbox: [0, 0, 0, 0], area: 0 }],
  ['round a single joint (CVAT)', { bbox: [44, 14, 0, 0], area: 0 }],
])('takes a box %s for missing', (_name, given) => {
  const { bbox: _b, area: _a, ...bare } = ANNOTATION;
  const [boxless, without] = [bare, { ...bare, ...given }].map((one) => people(sound([json(coco({ annotations: [one] }))]))[0]);
  expect([without?.box, without?.foreign?.area]).toEqual([boxless?.box, undefined]);
  const nobody = people(sound([json(coco({ annotations: [{ ...bare, ...given, keypoints: [] }] }))]));
  expect(nobody[0]?.box).toMatchObject({ width: 0, height: 0 });
});

test('takes an area of 0 for missing if the box has one', () => {
  const [person] = people(sound([json(coco({ annotations: [{ ...ANNOTATION, area: 0 }] }))]));
  expect(person?.foreign?.area).toBeUndefined();
});

test.each([
  ['one joint', [20, 30, 2], { x: 19, y: 29, width: 2, height: 2 }],
  ['joints in a row', [20, 30, 2, 70, 30, 2], { x: 17, y: 27, width: 56, height: 6 }],
  ['joints at the edge', [0, 120, 2, 50, 120, 2], { x: 0, y: 117, width: 53, height: 3 }],
  ['a joint outside the image', [-10, 30, 2], { x: 0, y: 29, width: 1, height: 2 }],
])('a box round %s has an area, and is inside the image', (_name, some, box) => {
  const { bbox: _b, area: _a, ...bare } = ANNOTATION;
  const keypoints = KEYPOINTS.map((_, i) => some[i] ?? 0);
  expect(people(sound([json(coco({ annotations: [{ ...bare, keypoints }] }))]))[0]?.box).toEqual(box);
  expect(people(sound([json([{ image_id: 1, category_id: 1, keypoints, score: 0.9 }])]))[0]?.box).toEqual(box);
});

test.each([
  [
    'LEye',
    (name: string) =>
      name.replace(/^(l|r)\w+_(\w)/, (_, side: string, first: string) => side.toUpperCase() + first.toUpperCase()),
  ],
  ['leftEye', (name: string) => name.replace(/_(\w)/, (_, first: string) => first.toUpperCase())],
  ['left-eye', (name: string) => name.replace('_', '-')],
  ['l_eye', (name: string) => name.replace(/^(l|r)\w+_/, '$1_')],
  ['Eye (Left)', (name: string) => name.replace(/^(\w+)_(\w+)$/, '$2 ($1)')],
  ['leye', (name: string) => name.replace(/^(l|r)\w+_/, '$1')],
  ['EYE.L', (name: string) => name.replace(/^(l|r)\w+_(\w+)$/, '$2.$1').toUpperCase()],
])('recognises joints spelt like %s without asking', (_example, spell) => {
  expect(labelled(sound([json(coco({ categories: [{ ...CATEGORY, keypoints: NAMES.map(spell) }] }))]))).toBe(17);
});

test('takes sides from the names if right comes before left, and a position with v = 0 as no label (CVAT)', () => {
  const mirrored = NAMES.map((name) => name.replace(/^(left|right)/, (side) => (side === 'left' ? 'right' : 'left')));
  const [person] = people(
    sound([
      json(
        coco({
          categories: [{ ...CATEGORY, keypoints: mirrored }],
          annotations: [{ ...ANNOTATION, keypoints: KEYPOINTS.with(2, 0) }],
        }),
      ),
    ]),
  );
  expect(person?.labels[0]?.visibility).toBe(0);
  expect(person?.labels[JOINTS.indexOf('right_eye')]).toMatchObject({ x: 48, y: 20 });
});

test('accepts the size of the stored image, with a note, only if the labels are upright (label-studio#6608)', () => {
  const [upright] = images('a.png').map((image) => ({ ...image, size: { width: 683, height: 1024 } }));
  const at = (y: number) =>
    json(
      coco({
        images: [{ id: 1, file_name: 'a.png', width: 1024, height: 683 }],
        annotations: [{ ...ANNOTATION, keypoints: KEYPOINTS.with(1, y) }],
      }),
    );
  const result = soundly(read([at(973)], upright ? [upright] : []));
  expect([labelled(result), result.notes.length]).toEqual([17, 1]);
  expect(read([at(100)], upright ? [upright] : []).problems).toMatchObject([
    { what: expect.stringContaining('EXIF orientation') },
  ]);
});

test.each<[string, Files, string]>([
  ['YOLO', [dataYaml(), file('labels/val/0001.txt', yolo())], 'images/train/0001.png'],
  ['COCO', [json(coco({ images: [{ id: 1, file_name: 'valid/0001.png', ...SIZE }] }))], 'train/0001.png'],
  [
    "COCO with the split in the label file's name",
    [json(coco(), 'annotations/person_keypoints_val2017.json')],
    'train2017/a.png',
  ],
  ['another camera', [json(coco({ images: [{ id: 1, file_name: 'cam1/0001.png', ...SIZE }] }))], 'cam2/0001.png'],
])('does not apply labels of another folder to an image of the same name unless told to: %s', (_name, files, name) => {
  const result = read(files, images(name));
  expect(result).toMatchObject({ images: [], total: 1, problems: [{ kind: 'elsewhere' }] });
  expect(result.problems[0]?.what).toMatch(/ is not in this session, which has an image of that name in another folder\.$/);
  expect(read(files, images(name), { ...UNASKED, byName: true }).images).toHaveLength(1);
});

test.each<[string, Files]>([
  ['COCO', [json(coco())]],
  ['YOLO', [dataYaml(), file('labels/a.txt', yolo())]],
  ['LabelMe', [json({ imagePath: 'a.png', shapes: [{ label: 'nose', points: [[1, 2]], shape_type: 'point' }] })]],
])('says what to do if several images could be the one that is labelled: %s', (_name, files) => {
  const { problems } = read(files, images('cam1/a.png', 'cam2/a.png'));
  expect(problems).toMatchObject([
    { what: expect.stringMatching(/^Several images here could be .*folder.*remove the others\.$/) },
  ]);
});

test('refuses a line with only a box by its line number, and imports the other images', () => {
  const files = [dataYaml(), file('labels/a.txt', `${yolo()}\n0 0.5 0.5 0.1 0.1`), file('labels/b.txt', yolo())];
  const result = read(files, images('a.png', 'b.png'));
  expect(result.problems).toMatchObject([{ file: 'labels/a.txt', where: 'line 2' }]);
  expect([result.images.map(({ id }) => id), result.total]).toEqual([[2], 2]);
});

test('imports identical labels of an image in two files once, with a note, and reports different ones', () => {
  const both = coco({
    images: [
      { id: 1, file_name: 'a.png', ...SIZE },
      { id: 2, file_name: 'b.png', ...SIZE },
    ],
  });
  const result = read([json(both, 'all.json'), json(coco(), 'train.json')]);
  expect(result).toMatchObject({
    total: 2,
    notes: ['all.json and train.json have one labelled image in common.'],
    problems: [{ kind: 'missing-image' }],
  });
  expect(result.images).toHaveLength(1);
  const moved = coco({ annotations: [{ ...ANNOTATION, bbox: [1, 1, 2, 2] }] });
  const differing = read([json(both, 'all.json'), json(moved, 'train.json')]);
  expect(differing.images).toEqual([]);
  expect(differing.problems.map(({ what }) => what).join()).toContain('all.json');
});

test.each([
  ['/data/upload/1/0a1b2c3d-a.png', 'set/a.png', undefined],
  ['/data/local-files/?d=set/a.png', 'set/a.png', undefined],
  ['..\\set\\a.png', 'set/a.png', undefined],
  ['a.png', 'set/a.png', 'a.png'],
  ['set/a.png', 'set/a.png', 'set/a.png'],
])("of Label Studio's and LabelMe's own path %s for %s, an export keeps %s", (path, name, kept) => {
  const keypointlabels = { original_width: 160, original_height: 120, value: { x: 1, y: 2, keypointlabels: ['nose'] } };
  const task = { data: { image: path }, annotations: [{ result: [keypointlabels] }] };
  const labelMe = { imagePath: path, shapes: [{ label: 'nose', points: [[1, 2]], shape_type: 'point' }] };
  for (const labels of [task, labelMe]) {
    const [image] = sound([json(labels)], images(name)).images;
    expect(image && provenanceOf(image).fileName).toBe(kept);
  }
});

test('keeps the file name and the foreign fields of images and annotations', () => {
  const [image] = sound(
    [
      json(
        coco({
          images: [{ id: 9, file_name: 'a.png', license: 3, coco_url: 'x' }],
          annotations: [{ ...ANNOTATION, image_id: 9, track_id: 5 }],
        }),
        'photos/labels.json',
      ),
    ],
    images('photos/a.png'),
  ).images;
  expect(image && [provenanceOf(image).fileName, entryFields(image)]).toEqual(['a.png', { id: 9, license: 3, coco_url: 'x' }]);
  expect(image?.document.subjects[0]?.foreign?.track_id).toBe(5);
});
