import { expect, test } from 'vitest';
import { imagePoint } from '../../../pose/space';
import type { AnnotatedImage } from '../../document';
import { withBox } from '../../edit';
import { exampleSession, labelsOf } from '../example';
import type { ImportedImage } from '../problem';
import { withProvenance } from '../provenance';
import { contextOf, inPlace, soundly } from '../testing';
import { readCoco } from './read';
import { cocoFile, cocoSkeleton, OWN_FIELD } from './write';

const CREATED = new Date('2026-03-04T05:06:07Z');

interface File {
  info: Record<string, unknown>;
  licenses: Record<string, unknown>[];
  images: Record<string, unknown>[];
  annotations: Record<string, unknown>[];
  categories: Record<string, unknown>[];
}

const exported = (images: readonly AnnotatedImage[], joints: 17 | 19): File =>
  JSON.parse(JSON.stringify(cocoFile(inPlace(images), joints, CREATED))) as File;

function imported(file: object, images: readonly AnnotatedImage[]): readonly ImportedImage[] {
  return soundly(readCoco('labels.json', file, contextOf(images))).images;
}

/** The session with the imported labels applied, as the app does. */
const taken = (images: readonly AnnotatedImage[], read: readonly ImportedImage[]) =>
  images.map((image) => ({ ...image, ...read.find(({ id }) => id === image.id) }));

test('with 19 joints, a session is read back exactly: people, drafts, ids, verdicts', () => {
  const session = exampleSession(20, 1);
  const read = imported(exported(session, 19), session);
  const plain = (images: readonly Pick<AnnotatedImage, 'document'>[]) =>
    images.map(({ document }) => ({
      ...document,
      subjects: document.subjects.map((subject) => ({ ...subject, foreign: undefined })),
    }));
  expect(plain(read)).toEqual(plain(session));
  expect(read.map(({ id, verdict, edited }) => [id, verdict, edited])).toEqual(
    session.map(({ id, verdict, edited }) => [id, verdict, edited]),
  );
});

test('exports an imported file unchanged, except for its date', () => {
  const session = exampleSession(6, 2);
  const first = exported(session, 19);
  first.info.contributor = 'somebody';
  first.licenses.push({ id: 4, name: 'CC BY 4.0', url: 'https://example.org' });
  Object.assign(first.categories[0] ?? {}, { id: 7, name: 'athlete', colour: 'red' });
  for (const [i, image] of first.images.entries())
    Object.assign(image, { id: 1000 - i, license: 4, coco_url: `https://example.org/${i}` });
  first.annotations.forEach((annotation, i) => {
    const { image_id } = annotation;
    Object.assign(annotation, { id: 500 + i, image_id: 1001 - Number(image_id), category_id: 7, track: i, iscrowd: i % 2 });
    if (i === 1) Object.assign(annotation, { segmentation: [[1, 2, 3, 4, 5, 6]], area: 12.5 });
  });
  expect(exported(taken(session, imported(first, session)), 19)).toEqual(first);
});

test.each([
  ['of a box rounded to two digits (datumaro)', { bbox: [1, 2, 100.37, 50.17] }, 100.3712 * 50.1689],
  ['of a box rounded to whole pixels', {}, 99.6 * 50.4],
  ['beside an empty segmentation', { segmentation: [] }, 5000.1],
])('an area %s changes with the box', (_name, fields, area) => {
  expect(areaAfterEdit({ ...fields, area })).toBe(20 * 30);
});

test.each([
  ['has no segmentation', {}, 2600],
  ["is about the box's", { segmentation: [[1, 2, 101, 2, 101, 52, 1, 52]] }, 5000],
  ['is run-length encoded', { segmentation: { size: [300, 400], counts: [1, 2] } }, 5000],
])("a mask's area stays when the box is edited: one that %s", (_name, fields, area) => {
  expect(areaAfterEdit({ ...fields, area })).toBe(area);
});

/** The exported area of a person who was imported with these fields and a box of 100 x 50 px, after the box became 20 x 30. */
function areaAfterEdit(fields: object): unknown {
  const [image] = exampleSession(1, 8);
  if (!image) throw new Error('no image');
  const document = { subjects: [], nextId: 1 };
  const { images, annotations, ...file } = exported([{ ...image, document }], 17);
  const person = {
    image_id: images[0]?.id,
    category_id: file.categories[0]?.id,
    bbox: [1, 2, 100, 50],
    keypoints: [],
    ...fields,
  };
  const [read] = taken([image], imported({ ...file, images, annotations: [...annotations, person] }, [image]));
  if (!read) throw new Error('nothing was imported');
  const edited = withBox(read.document, 1, { x: 1, y: 2, width: 20, height: 30 });
  return exported([{ ...read, document: edited }], 17).annotations[0]?.area;
}

test('with 19 joints, people imported with a score keep their drafts, which say more than the score', () => {
  const session = exampleSession(20, 6);
  const subjectsOf = (images: readonly Pick<AnnotatedImage, 'document'>[]) => images.flatMap(({ document }) => document.subjects);
  const scored = session.map((image) => {
    const subjects = image.document.subjects.map((subject) => ({ ...subject, foreign: { score: 0.5 } }));
    return { ...image, document: { ...image.document, subjects } };
  });
  const drafts = subjectsOf(imported(exported(scored, 19), session)).map(({ prediction }) => prediction);
  const before = subjectsOf(session).map(({ prediction }) => prediction);
  expect(before.filter((draft) => draft).length).toBeGreaterThan(3);
  expect(drafts.filter((_, i) => before[i])).toEqual(before.filter((draft) => draft));
});

test('gives new people and images unused ids', () => {
  const session = exampleSession(4, 3).map((image, i) =>
    i === 1 ? { ...image, foreign: { id: 50 } } : i === 3 ? { ...image, foreign: { id: 50 } } : image,
  );
  const file = exported(session, 19);
  expect(file.images.map((image) => image.id)).toEqual([51, 50, 52, 53]);
  expect(new Set(file.annotations.map((annotation) => annotation.id)).size).toBe(file.annotations.length);
});

test('gives licences of two files that share an id different ones, and keeps one that both have', () => {
  const [shared, mine, yours] = ['CC0', 'CC BY 4.0', 'CC BY-NC 4.0'].map((name, i) => ({ id: Math.min(i, 1), name }));
  const files = [
    [shared, mine],
    [shared, yours],
  ].map((licenses) => ({ licenses, categories: [] }));
  const session = exampleSession(4, 3).map((image, i) => {
    const { [i % 2]: file } = files;
    return { ...image, foreign: withProvenance({ license: i < 2 ? 1 : 0 }, file ? { file } : {}) };
  });
  const { licenses, images } = exported(session, 17);
  expect(licenses).toEqual([shared, mine, { ...yours, id: 2 }]);
  expect(images.map(({ license }) => license)).toEqual([1, 2, 0, 0]);
});

test('with 17 joints, writes plain COCO: no neck, no head_top, no fields of our own', () => {
  const session = exampleSession(5, 4);
  const file = exported(session, 17);
  expect(JSON.stringify(file)).not.toContain(`"${OWN_FIELD}"`);
  expect(file.categories[0]?.keypoints).toHaveLength(17);
  file.annotations.forEach((annotation) => {
    const keypoints = annotation.keypoints as number[];
    expect(keypoints).toHaveLength(51);
    expect(annotation.num_keypoints).toBe(keypoints.filter((value, i) => i % 3 === 2 && value > 0).length);
  });
  const without = (image: Pick<AnnotatedImage, 'document'>) => labelsOf(image.document).map(({ labels }) => labels.slice(0, 17));
  expect(imported(file, session).map(without)).toEqual(session.map(without));
});

test('numbers the joints of bones from 1, and joins only joints of the file', () => {
  expect(cocoSkeleton(17)).toContainEqual([6, 7]);
  expect(
    cocoSkeleton(17)
      .flat()
      .every((joint) => joint >= 1 && joint <= 17),
  ).toBe(true);
  expect(cocoSkeleton(19)).toContainEqual([19, 18]);
});

test('writes a joint without a label as 0, and leaves out an image that was never opened', () => {
  const [, image] = exampleSession(2, 5);
  if (!image) throw new Error('no image');
  const [subject] = image.document.subjects;
  if (!subject) throw new Error('nobody');
  const labels = subject.labels.map(() => ({ ...imagePoint(3, 4), visibility: 0 as const }));
  const hidden = { ...image, document: { ...image.document, subjects: [{ ...subject, labels }] } };
  const file = exported([hidden, { ...image, name: 'never opened', size: undefined }], 19);
  expect(file.images).toHaveLength(1);
  expect(file.annotations[0]?.keypoints).toEqual(Array(57).fill(0));
});

test('with 19 joints, undecided suggestions are read back, and damaged ones are skipped', () => {
  const session = exampleSession(4, 7).map((one) => {
    const [kept, ...suggestions] = one.document.subjects.filter(({ prediction }) => prediction);
    return {
      ...one,
      document: { ...one.document, subjects: kept ? [kept] : [], ...(suggestions.length > 0 && { suggestions }) },
    };
  });
  const places = (images: readonly Pick<AnnotatedImage, 'document'>[]) =>
    images.map(({ document }) => document.suggestions?.map(({ id, box, prediction }) => ({ id, box, prediction })));
  const file = exported(session, 19);
  expect(places(session).some(Boolean)).toBe(true);
  expect(places(imported(file, session))).toEqual(places(session));
  expect(JSON.stringify(exported(session, 17))).not.toContain('suggestions');
  for (const entry of file.images) Object.assign(entry[OWN_FIELD] as object, { suggestions: [{ subject: 1, bbox: [1, 2] }, 3] });
  expect(places(imported(file, session)).every((one) => one === undefined)).toBe(true);
});
