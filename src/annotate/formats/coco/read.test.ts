import { expect, test } from 'vitest';
import { JOINTS } from '../../../pose/skeleton';
import { labelFile } from '../label-file';
import { type Imported, NOTHING } from '../problem';
import { readLabels } from '../read';
import { contextOf, UNASKED } from '../testing';
import { readCoco } from './read';

const IMAGES = [
  { id: 1, name: 'set/a.jpg', size: { width: 640, height: 480 } },
  { id: 2, name: 'set/b.jpg', size: { width: 480, height: 640 } },
];
const KEYPOINTS = JOINTS.slice(0, 17).flatMap((_, i) => [10 + i, 20 + i, 2]);

/** A valid file with the given parts changed, to break it. */
const file = (change: { image?: object; annotation?: object; category?: object; top?: object } = {}) =>
  JSON.stringify({
    images: [{ id: 5, file_name: 'a.jpg', width: 640, height: 480, ...change.image }],
    annotations: [
      { id: 9, image_id: 5, category_id: 1, bbox: [1, 2, 30, 40], num_keypoints: 17, keypoints: KEYPOINTS, ...change.annotation },
    ],
    categories: [{ id: 1, name: 'person', keypoints: JOINTS.slice(0, 17), ...change.category }],
    ...change.top,
  });

function read(text: string): Imported {
  const parsed = labelFile({ path: 'x.json', text });
  return parsed.kind === 'json'
    ? readCoco('x.json', parsed.data, contextOf(IMAGES))
    : (readLabels([parsed], IMAGES, UNASKED) ?? NOTHING);
}

const complaints = (text: string): string[] => read(text).problems.map(({ where, what }) => `${where}: ${what}`);

test('reads a valid file', () => {
  const result = read(file());
  expect(result.images.map(({ id }) => id)).toEqual([1]);
  expect(result.images[0]?.document.subjects[0]?.labels[16]).toEqual({ x: 26, y: 36, visibility: 2 });
  expect(result.images[0]?.document.subjects[0]?.labels[18]?.visibility).toBe(0);
});

test('matches joints by name, whatever their order and spelling', () => {
  const keypoints = { num_keypoints: 2, keypoints: [1, 2, 2, 3, 4, 1, 0, 0, 0] };
  const result = read(file({ category: { keypoints: ['Left-Ankle', 'top head', 'nose'] }, annotation: keypoints }));
  const labels = result.images[0]?.document.subjects[0]?.labels;
  expect(labels?.[15]).toEqual({ x: 1, y: 2, visibility: 2 });
  expect(labels?.[18]).toEqual({ x: 3, y: 4, visibility: 1 });
  expect(labels?.filter(({ visibility }) => visibility > 0)).toHaveLength(2);
});

test.each<[string, string, RegExp]>([
  ['empty', '', /^: The file is empty/],
  ['not JSON', '{"images": [', /^: This is not JSON/],
  ['NaN', `{"images": [],\n"annotations": ["NaN", NaN]}`, /^line 2: NaN is not a number/],
  ['not an object', '[1]', /JSON object/],
  ['not a list', file({ top: { annotations: 3 } }), /^annotations: .*list, but here it is 3/],
  ['no image id', file({ image: { id: 5.5 }, top: { annotations: [] } }), /^image entry 1: /],
  ['unknown image', file({ image: { file_name: 'c.jpg' } }), /^image 5: c.jpg is not in this session/],
  ['other size', file({ image: { width: 320, height: 240 } }), /^image 5: .*320 × 240.*640 × 480.*another copy/],
  ['swapped width and height', file({ image: { width: 480, height: 640 } }), /^image 5: .*EXIF orientation/],
  ['no size', file({ image: { width: null } }), /^image 5: width and height/],
  ['no box', file({ annotation: { bbox: [1, 2, 3] } }), /^annotation 9, bbox: .*four numbers/],
  ['negative box', file({ annotation: { bbox: [1, 2, -3, 4] } }), /^annotation 9, bbox: .*negative/],
  ['bad area', file({ annotation: { area: -1 } }), /^annotation 9, area/],
  ['no id', file({ annotation: { id: 1.5 } }), /^annotation entry 1: The ID/],
  ['unknown image id', file({ annotation: { image_id: 6 } }), /^annotation 9, image_id: .*6/],
  ['unknown category', file({ annotation: { category_id: 6 } }), /^annotation 9, category_id: .*6/],
  [
    'too few numbers',
    file({ annotation: { keypoints: [1, 2, 2] } }),
    /^annotation 9, keypoints: .*51 numbers are expected, but there are 3/,
  ],
  ['joints that are not a list', file({ annotation: { keypoints: 'x' } }), /^annotation 9, keypoints: /],
  [
    'null in the joints',
    file({ annotation: { keypoints: KEYPOINTS.with(4, null as never) } }),
    /^annotation 9, keypoints, number 5: null/,
  ],
  [
    'bad visibility',
    file({ annotation: { keypoints: KEYPOINTS.with(5, 3) } }),
    /^annotation 9, keypoints, number 6: .*0, 1 or 2, but here it is 3/,
  ],
])('reports what is wrong: %s', (_name, text, expected) => {
  expect(complaints(text)).toEqual([expect.stringMatching(expected)]);
});

test.each([
  ['joints without names', { keypoints: [] }, true],
  ['an unknown joint', { keypoints: [...JOINTS.slice(0, 16), 'tail'] }, false],
  ['a joint that appears twice', { keypoints: [...JOINTS.slice(0, 16), 'nose'] }, false],
])('asks the user about %s', (_name, category, nameless) => {
  const { question, images } = readLabels([{ path: 'x.json', text: file({ category }) }], IMAGES, UNASKED) ?? NOTHING;
  expect(images).toEqual([]);
  expect(question).toMatchObject({ nameless, guess: [...JOINTS.slice(0, 16).keys(), nameless ? 16 : 'keep'] });
});

test('reports duplicate ids, and two entries for one image', () => {
  const twice = JSON.parse(file()) as { images: object[]; annotations: object[]; categories: object[] };
  const text = JSON.stringify({
    images: [...twice.images, ...twice.images],
    annotations: [...twice.annotations, ...twice.annotations],
    categories: [...twice.categories, ...twice.categories],
  });
  expect(complaints(text)).toEqual([
    'category 1: Duplicate ID among the categories.',
    'image 5: Duplicate ID among the images.',
    'image 5: a.jpg and a.jpg are both the image set/a.jpg here.',
    'annotation 9: Duplicate ID among the annotations.',
  ]);
});

test('reports every problem, not only the first', () => {
  const text = file({ image: { width: 1 }, annotation: { bbox: [], keypoints: KEYPOINTS.with(2, 7).with(5, 8) } });
  expect(complaints(text)).toHaveLength(4);
});

test('reports missing images and reads the others', () => {
  const sound = JSON.parse(file()) as { images: object[] };
  const text = JSON.stringify({ ...sound, images: [...sound.images, { id: 6, file_name: 'c.jpg', width: 1, height: 1 }] });
  const result = read(text);
  expect(result.problems.map(({ kind }) => kind)).toEqual(['missing-image']);
  expect(result.images.map(({ id }) => id)).toEqual([1]);
});

test('reads a file of ten thousand people', () => {
  const { annotations } = JSON.parse(file()) as { annotations: object[] };
  const many = Array.from({ length: 10_000 }, (_, id) => ({ ...annotations[0], id }));
  const result = read(file({ top: { annotations: many } }));
  expect(result.images[0]?.document.subjects).toHaveLength(10_000);
});
