import { expect, it, vi } from 'vitest';
import { labelFile as understood } from '../../annotate/formats/label-file';
import { READERS } from '../../annotate/formats/registry';
import type { Given } from '../../source/gather';
import { labelsAmong, readLabelFiles } from './labels';

const OPTIONS = { joints: {}, byName: false };
const { signal } = new AbortController();

/** A file that claims to have `claimed` bytes, and has `bytes` once it is unpacked. */
function labelFile(name: string, bytes: number, claimed = bytes): Given & { read: ReturnType<typeof vi.fn> } {
  const blob = { size: bytes, text: async () => '', slice: () => new Blob(['{"images": []}']) };
  return { name, bytes: claimed, read: vi.fn(async () => blob as unknown as Blob) };
}

it('refuses labels that are too large for a browser, if possible before unpacking them', async () => {
  const huge = labelFile('a.json', 900_000_000);
  await expect(labelsAmong(signal, [huge])).rejects.toMatchObject({ code: 'labels-too-large', file: 'a.json' });
  expect(huge.read).not.toHaveBeenCalled();
  const liar = labelFile('b.json', 900_000_000, 100);
  await expect(labelsAmong(signal, [liar])).rejects.toMatchObject({ code: 'labels-too-large', file: 'b.json' });
  const list = labelFile('list.txt', 100_000_000);
  expect(await labelsAmong(signal, [list])).toEqual([]);
});

it('refuses label files that are too large together, naming the first that exceeds the limit', async () => {
  const files = Array.from({ length: 10 }, (_, i) => labelFile(`${i}.json`, 400_000_000));
  await expect(readLabelFiles(signal, files, [], OPTIONS, () => undefined)).rejects.toMatchObject({
    code: 'labels-too-large',
    file: '3.json',
  });
  expect(files[4]?.read).not.toHaveBeenCalled();
});

const numbers = Array.from({ length: 51 }, () => 2);
/** A minimal file of every format that is read. */
const SAMPLES: readonly [string, string][] = [
  ['coco.json', JSON.stringify({ images: [], annotations: [{ image_id: 1, keypoints: numbers }], categories: [] })],
  ['instances.json', JSON.stringify({ annotations: [{ image_id: 1, bbox: [1, 2, 3, 4] }] })],
  ['results.json', JSON.stringify([{ image_id: 1, category_id: 1, keypoints: numbers, score: 1 }])],
  ['data.yaml', 'kpt_shape: [17, 3]'],
  ['labels/a.txt', `0 .5 .5 .5 .5 ${'.5 .5 2 '.repeat(17)}`],
  ['mpii.json', JSON.stringify([{ image: 'a.png', joints: Array.from({ length: 16 }, () => [1, 2]) }])],
  ['self.json', JSON.stringify([{ img_paths: 'a.png', joint_self: Array.from({ length: 16 }, () => [1, 2, 1]) }])],
  [
    'cvat.xml',
    '<annotations><image><skeleton label="person"><points label="nose" points="1,2"/></skeleton></image></annotations>',
  ],
  ['boxes.xml', '<annotations><image><box label="person" xtl="1" ytl="2" xbr="3" ybr="4"/></image></annotations>'],
  ['task.json', JSON.stringify({ data: { image: 'a.png' }, annotations: [{ result: [studio()] }] })],
  ['tasks.jsonl', JSON.stringify({ data: { image: 'a.png' }, predictions: [{ result: [studio()] }] })],
  ['min.json', JSON.stringify([{ id: 1, image: 'a.png', kp: [studio().value] }])],
  [
    'a.json',
    JSON.stringify({ flags: {}, shapes: [{ label: 'nose', points: [[1, 2]], shape_type: 'point' }], imagePath: 'a.png' }),
  ],
  ['out/a_keypoints.json', JSON.stringify({ version: 1.3, people: [{ pose_keypoints_2d: Array(75).fill(1) }] })],
  ['out/old_keypoints.json', JSON.stringify({ version: 1, people: [{ pose_keypoints: Array(54).fill(1) }] })],
  ['out/nobody_keypoints.json', JSON.stringify({ version: 1.3, people: [] })],
];

function studio() {
  return { id: 'k', type: 'keypointlabels', value: { x: 1, y: 2, width: 0.5, keypointlabels: ['nose'] } };
}

it('finds files of every format that is read, and ignores other JSON', async () => {
  const unread = SAMPLES.filter(([path, text]) => !READERS.some((reader) => reader.takes(understood({ path, text }))));
  const forgotten = READERS.filter((reader) => !SAMPLES.some(([path, text]) => reader.takes(understood({ path, text }))));
  expect([unread, forgotten]).toEqual([[], []]);
  const given = [...SAMPLES, ['photo.jpg.json', '{"people": [], "title": "photo.jpg"}'] as const].map(
    ([name, text]): Given => ({ name, read: async () => new Blob([text]) }),
  );
  const found = await labelsAmong(signal, given);
  expect(found.map(({ name }) => name)).toEqual(SAMPLES.map(([name]) => name));
});
