import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AnnotatedImage } from '../../document';
import { exampleSession, labelsOf } from '../example';
import type { Format } from '../format';
import { readLabels } from '../read';
import { inPlace, soundly, UNASKED } from '../testing';
import { YOLO_17, YOLO_19 } from './format';
import { fromShare, toShare } from './share';

const files = (images: readonly AnnotatedImage[], format: Format) => [...format.write(inPlace(images), new Date(0))];

test('with 19 joints, boxes and labels are read back exactly', () => {
  const session = exampleSession(40, 7);
  const result = soundly(readLabels(files(session, YOLO_19), session, UNASKED));
  expect(result.images.map(({ id, document }) => [id, labelsOf(document)])).toEqual(
    session.map(({ id, document }) => [id, labelsOf(document)]),
  );
});

test('with 17 joints, everything but neck and head_top is read back', () => {
  const session = exampleSession(8, 8);
  const result = soundly(readLabels(files(session, YOLO_17), session, UNASKED));
  const cut = (images: readonly Pick<AnnotatedImage, 'document'>[]) =>
    images.map(({ document }) => labelsOf(document).map(({ box, labels }) => [box, labels.slice(0, 17)]));
  expect(cut(result.images)).toEqual(cut(session));
});

test('reads back positions on the border and far outside exactly', () => {
  for (const value of [0, 1e-9, 5e-324, -3.3, 639.9999999999999, 640, 1234.5678901234567]) {
    expect(fromShare(toShare(value, 640), 640)).toBe(value);
  }
});

test('writes what training needs into data.yaml', () => {
  const [{ text: yaml } = { text: '' }] = files(exampleSession(2, 8), YOLO_17);
  expect(parse(yaml)).toMatchObject({
    train: 'images',
    kpt_shape: [17, 3],
    flip_idx: [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15],
    names: { 0: 'person' },
  });
  expect(yaml).toContain('flip_idx: [ 0, 2, 1,');
});

test('writes an empty file for an image without people, and 0 0 0 for a joint without a label', () => {
  const session = exampleSession(2, 9);
  const [, one] = session;
  const [, nobody, somebody] = files(session, YOLO_19).map(({ text }) => text);
  expect(nobody).toBe('');
  const fields = somebody?.trim().split(' ') ?? [];
  expect(fields).toHaveLength(5 + 57);
  one?.document.subjects[0]?.labels.forEach((label, i) => {
    if (label.visibility === 0) expect(fields.slice(5 + 3 * i, 8 + 3 * i)).toEqual(['0', '0', '0']);
  });
});
