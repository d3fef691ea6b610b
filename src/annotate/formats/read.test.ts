import { expect, test } from 'vitest';
import { JOINTS } from '../../pose/skeleton';
import type { Subject } from '../document';
import { cocoFile } from './coco/write';
import { exampleSession } from './example';
import { placed } from './placed';
import { readLabels } from './read';
import { inPlace, soundly, UNASKED } from './testing';

const session = exampleSession(6, 5);
const coco = (path: string, from: number, to: number, joints: 17 | 19 = 19) => ({
  path,
  text: JSON.stringify(cocoFile(inPlace(session.slice(from, to)), joints, new Date(0))),
});
const text = (path: string, content = '') => ({ path, text: content });
const LINE = `0 .5 .5 .5 .5 ${JOINTS.slice(0, 17)
  .map(() => '.5 .5 2')
  .join(' ')}`;
const YAML = 'kpt_shape: [17, 3]\nnames: [person]';

test('reads only the COCO-19 file of our own export, which is complete', () => {
  const files = [
    coco('a/coco-17.json', 0, 6, 17),
    coco('a/coco-19.json', 0, 6),
    text('a/data.yaml', YAML),
    text('a/README.txt', 'x'),
  ];
  const read = soundly(readLabels(files, session, UNASKED));
  expect(read.images).toHaveLength(6);
  expect(read.images[1]?.document).toEqual({ ...session[1]?.document, subjects: expect.any(Array) });
  expect(read.passedOver.toSorted()).toEqual(['a/README.txt', 'a/coco-17.json', 'a/data.yaml']);
});

test('reads other COCO files beside our COCO-19 file, unless all their images are in it', () => {
  const ours = coco('export/coco-19.json', 0, 3);
  const more = soundly(readLabels([ours, coco('export/more.json', 3, 6)], session, UNASKED));
  expect([more.images.length, more.passedOver]).toEqual([6, []]);
  const elsewhere = soundly(readLabels([ours, coco('earlier/coco-17.json', 3, 6, 17)], session, UNASKED));
  expect(elsewhere.images).toHaveLength(6);
  const covered = soundly(readLabels([ours, coco('original.json', 1, 3, 17)], session, UNASKED));
  expect([covered.images.length, covered.passedOver]).toEqual([3, ['original.json']]);
});

test('prefers our COCO-19 file for the images that it shares with a larger file', () => {
  const read = soundly(readLabels([coco('original.json', 0, 6, 17), coco('coco-19.json', 0, 3)], session, UNASKED));
  expect(read.images.toSorted((a, b) => a.id - b.id).map(({ id }) => id)).toEqual(session.map(({ id }) => id));
  expect(read.total).toBe(6);
  const labelsOf = (subjects: readonly Subject[] = []) => subjects.map(({ labels }) => labels);
  const second = read.images.find(({ id }) => id === session[1]?.id);
  expect(labelsOf(second?.document.subjects)).toEqual(labelsOf(session[1]?.document?.subjects));
});

test('asks nothing about the joints of a file whose images our COCO-19 file all has', () => {
  const { text: labels } = coco('original.json', 0, 3, 17);
  const foreign = { path: 'original.json', text: labels.replaceAll('"left_', '"sinister_') };
  const read = soundly(readLabels([foreign, coco('coco-19.json', 0, 3)], session, UNASKED));
  expect([read.images.length, read.total, read.passedOver]).toEqual([3, 3, ['original.json']]);
});

test('packs a .jfif image under another name than the .jpg beside it has', () => {
  const [first, second] = session;
  if (!first || !second) throw new Error('the session is too small');
  const both = [
    { ...first, name: 'b.jfif' },
    { ...second, name: 'b.jpg' },
  ];
  expect(placed(both, 0, true).map(({ path }) => path)).toEqual(['b-jpg.jpg', 'b.jpg']);
});

test('knows a .jfif image under the name that an export gives it', () => {
  const [first] = session;
  if (!first) throw new Error('the session is empty');
  const image = { ...first, name: 'photos/b.jfif' };
  const file = JSON.stringify(cocoFile(placed([image], 0, true), 19, new Date(0)));
  expect(file).toContain('b.jpg');
  expect(soundly(readLabels([text('coco-19.json', file)], [image], UNASKED)).images.map(({ id }) => id)).toEqual([first.id]);
});

test('skips files without labels, and lists them by name', () => {
  const other = [
    text('README.txt', 'Joints of people'),
    text('classes.txt', 'person'),
    text('train.txt', 'data/images/train/image-1.jpg'),
    text('hyp.yaml', 'lr0: 0.01'),
    text('captions.json', '{"images": [], "annotations": [{"id": 1, "image_id": 1, "caption": "A person."}]}'),
    text('readme.xml', '<html/>'),
  ];
  const read = soundly(readLabels([text('data.yaml', YAML), text('labels/image-1.txt', LINE), ...other], session, UNASKED));
  expect(read.images.map(({ id }) => id)).toEqual([101]);
  expect(read.passedOver).toEqual(other.map(({ path }) => path));
  expect(readLabels(other.slice(0, 4), session, UNASKED)).toBeUndefined();
});

test('reads several COCO files together', () => {
  const result = soundly(readLabels([coco('a.json', 0, 3), coco('b.json', 3, 6)], session, UNASKED));
  expect(result.images.map(({ id }) => id)).toEqual(session.map(({ id }) => id));
});

test('imports identical labels of an image in several files once, and leaves out different ones', () => {
  const twice = soundly(readLabels([coco('a.json', 0, 3), coco('b.json', 2, 6)], session, UNASKED));
  expect(twice).toMatchObject({ total: 6, notes: ['a.json and b.json have one labelled image in common.'] });
  expect(twice.images).toHaveLength(6);
  const moved = JSON.parse(coco('b.json', 2, 6).text) as { annotations: { bbox: number[] }[] };
  for (const { bbox } of moved.annotations) bbox[0] = 1;
  const differing = readLabels([coco('a.json', 0, 3), text('b.json', JSON.stringify(moved))], session, UNASKED);
  expect(differing).toMatchObject({
    total: 6,
    problems: [{ file: 'b.json', what: 'a.json labels the same image differently.' }],
  });
  expect(differing?.images.map(({ id }) => id)).toEqual([100, 101, 103, 104, 105]);
});

test('reports a broken file and reads the others', () => {
  const result = readLabels([coco('a.json', 0, 3), text('b.json', '{"annotations": [')], session, UNASKED);
  expect(result?.problems.map(({ file }) => file)).toEqual(['b.json']);
  expect(result?.images).toHaveLength(3);
  const both = readLabels([text('a.json'), text('b.json')], session, UNASKED);
  expect(both?.problems.map(({ file }) => file)).toEqual(['a.json', 'b.json']);
});

test('refuses YOLO without label files, and two datasets at once', () => {
  const complaint = (...files: { path: string; text: string }[]) => readLabels(files, session, UNASKED)?.problems[0]?.what;
  expect(complaint(text('data.yaml', YAML))).toContain('no label files');
  expect(complaint(text('labels/image-1.txt', '0 .5 .5 .5 .5'))).toMatch(/boxes but no joints\..* add its data\.yaml\.$/);
  expect(complaint(text('a/data.yaml', YAML), text('b/data.yaml', YAML.replace('17', '5')))).toContain('one dataset at a time');
  expect(readLabels([], session, UNASKED)).toBeUndefined();
});

test.each<[string, string]>([
  ['times.txt', '0 0.033\n1 0.066'],
  ['labels/image-1.txt', '0 .5 .5 .5 .5'],
  ['data.yaml', YAML],
])('%s, in which YOLO finds no labels, does not keep those of another format from being read', (path, content) => {
  const cvat = `<annotations><image id="0" name="${session[0]?.name}"><skeleton label="person">
    <points label="nose" points="1,1"/></skeleton></image></annotations>`;
  const read = soundly(readLabels([text(path, content), text('annotations.xml', cvat)], session, UNASKED));
  expect(read.images.map(({ id }) => id)).toEqual([100]);
  expect(read.passedOver).toEqual([path]);
});

test('without any labels that can be imported, reports what the first reader found', () => {
  const cvat = '<annotations><image id="0" name="x.png"><points label="nose" points="1,1"/></image></annotations>';
  const read = readLabels([text('data.yaml', YAML), text('annotations.xml', cvat)], session, UNASKED);
  expect(read).toMatchObject({ images: [], problems: [{ file: 'data.yaml' }] });
});
