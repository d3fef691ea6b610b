import { expect, it, vi } from 'vitest';
import type { Given } from '../../source/gather';
import { labelsAmong, readLabelFiles } from './labels';

const OPTIONS = { joints: {}, byName: false };
const { signal } = new AbortController();

/** A file that claims so many bytes, and has as many once it is unpacked. */
function labelFile(name: string, bytes: number, claimed = bytes): Given & { read: ReturnType<typeof vi.fn> } {
  const blob = { size: bytes, text: async () => '', slice: () => new Blob(['{"images": []}']) };
  return { name, bytes: claimed, read: vi.fn(async () => blob as unknown as Blob) };
}

it('refuses labels that no browser can hold before it unpacks them', async () => {
  const huge = labelFile('a.json', 900_000_000);
  await expect(labelsAmong(signal, [huge])).rejects.toMatchObject({ code: 'labels-too-large', file: 'a.json' });
  expect(huge.read).not.toHaveBeenCalled();
  const liar = labelFile('b.json', 900_000_000, 100);
  await expect(labelsAmong(signal, [liar])).rejects.toMatchObject({ code: 'labels-too-large', file: 'b.json' });
  const list = labelFile('list.txt', 100_000_000);
  expect(await labelsAmong(signal, [list])).toEqual([]);
});

it('refuses label files that are too large together, by the one that is too much', async () => {
  const files = Array.from({ length: 10 }, (_, i) => labelFile(`${i}.json`, 400_000_000));
  await expect(readLabelFiles(signal, files, [], OPTIONS, () => undefined)).rejects.toMatchObject({
    code: 'labels-too-large',
    file: '3.json',
  });
  expect(files[4]?.read).not.toHaveBeenCalled();
});
