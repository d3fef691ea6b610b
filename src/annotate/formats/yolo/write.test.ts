import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AnnotatedImage } from '../../document';
import { exampleSession, labelsOf } from '../example';
import { sized } from '../notes';
import { readYolo } from './read';
import { fromShare, labelPath, toShare, yoloLabels, yoloYaml } from './write';

const files = (images: readonly AnnotatedImage[], joints: 17 | 19) =>
  sized(images).map((image) => ({ path: labelPath(image.name), text: yoloLabels(image, joints) }));

test('with 19 joints boxes and labels come back exactly', () => {
  const session = exampleSession(40, 7);
  const result = readYolo({ path: 'data.yaml', text: yoloYaml(19) }, files(session, 19), session, 'refuse');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(result.images.map(({ id, document }) => [id, labelsOf(document)])).toEqual(
    session.map(({ id, document }) => [id, labelsOf(document)]),
  );
});

test('with 17 joints all but neck and head_top comes back', () => {
  const session = exampleSession(8, 8);
  const result = readYolo({ path: 'data.yaml', text: yoloYaml(17) }, files(session, 17), session, 'refuse');
  const cut = (images: readonly Pick<AnnotatedImage, 'document'>[]) =>
    images.map(({ document }) => labelsOf(document).map(({ box, labels }) => [box, labels.slice(0, 17)]));
  expect(result.ok && cut(result.images)).toEqual(cut(session));
});

test('places on the border and far outside come back, too', () => {
  for (const value of [0, 1e-9, 5e-324, -3.3, 639.9999999999999, 640, 1234.5678901234567]) {
    expect(fromShare(toShare(value, 640), 640)).toBe(value);
  }
});

test('data.yaml says what training needs', () => {
  const yaml = yoloYaml(17);
  expect(parse(yaml)).toMatchObject({
    train: 'images',
    kpt_shape: [17, 3],
    flip_idx: [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15],
    names: { 0: 'person' },
  });
  expect(yaml).toContain('flip_idx: [ 0, 2, 1,');
});

test('an image without people has an empty file, and a joint without a label is 0 0 0', () => {
  const [nobody, one] = sized(exampleSession(2, 9));
  if (!nobody || !one) throw new Error('no images');
  expect(yoloLabels(nobody, 19)).toBe('');
  const fields = yoloLabels(one, 19).trim().split(' ');
  expect(fields).toHaveLength(5 + 57);
  one.document.subjects[0]?.labels.forEach((label, i) => {
    if (label.visibility === 0) expect(fields.slice(5 + 3 * i, 8 + 3 * i)).toEqual(['0', '0', '0']);
  });
});
