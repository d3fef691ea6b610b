import { expect, it } from 'vitest';
import { pickDropped, pickOne, readTransfer, videoIn, withKinds } from './transfer';

const file = (name: string, type: string) => new File(['x'], name, { type });

it('takes the first image of several files and counts the rest', () => {
  const files = [file('notes.txt', 'text/plain'), file('a.jpg', 'image/jpeg'), file('b.jpg', 'image/jpeg')];
  expect(pickOne(files)).toMatchObject({ file: files[1], others: 2 });
});

it('takes a file without an image type if there is no other', () => {
  expect(pickOne([file('photo', '')])).toMatchObject({ others: 0 });
});

it('distinguishes a folder from nothing at all', () => {
  expect(() => pickOne([], 1)).toThrow(expect.objectContaining({ code: 'folder' }));
  expect(() => pickOne([])).toThrow(expect.objectContaining({ code: 'nothing-given' }));
  expect(() => pickDropped(readTransfer(null))).toThrow(expect.objectContaining({ code: 'nothing-given' }));
});

it('prefers an image by its content, and reports a folder rather than a file that is no image', () => {
  const items = (...kinds: ('unknown' | 'raster' | 'folder')[]) =>
    kinds.map((kind) =>
      kind === 'folder'
        ? { file: undefined, folder: {} as FileSystemDirectoryEntry }
        : { file: file(kind, ''), folder: undefined, kind },
    );
  expect(pickDropped(items('unknown', 'raster', 'folder'))).toMatchObject({ file: { name: 'raster' }, others: 2 });
  expect(() => pickDropped(items('unknown', 'folder'))).toThrow(expect.objectContaining({ code: 'folder' }));
  expect(pickDropped(items('unknown'))).toMatchObject({ file: { name: 'unknown' }, others: 0 });
});

it('ignores the text and the folders of a drop', () => {
  const items = [
    { kind: 'string' },
    { kind: 'file', webkitGetAsEntry: () => ({ isDirectory: true }), getAsFile: () => file('dir', '') },
    { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file('a.png', 'image/png') },
  ];
  const picked = pickDropped(readTransfer({ items } as unknown as DataTransfer));
  expect(picked.file.name).toBe('a.png');
  expect(picked.others).toBe(1);
});

it('finds a video by its type or extension, unless an image came with it', () => {
  const dropped = (...files: [string, string][]) => files.map(([name, type]) => ({ file: file(name, type), folder: undefined }));
  expect(videoIn(dropped(['a.txt', 'text/plain'], ['b', 'video/mp4']))?.name).toBe('b');
  expect(videoIn(dropped(['a.MKV', '']))?.name).toBe('a.MKV');
  expect(videoIn(dropped(['a.mp4', 'video/mp4'], ['b.jpg', 'image/jpeg']))).toBeUndefined();
  expect(videoIn([])).toBeUndefined();
});

it('recognises a video by its content, whatever its name', async () => {
  const mp4 = '\0\0\0\x18ftypmp42\0\0\0\0mp42isom';
  const given = (content: string, name: string, type = '') => [{ file: new File([content], name, { type }), folder: undefined }];
  expect(videoIn(await withKinds(given(mp4, 'backup')))?.name).toBe('backup');
  expect(videoIn(await withKinds(given(mp4, 'a.jpg', 'image/jpeg')))?.name).toBe('a.jpg');
  expect(videoIn(await withKinds(given('%PDF-1.7', 'a.mp4', 'video/mp4')))).toBeUndefined();
  const gone = new File(['x'], 'a.mp4', { type: 'video/mp4' });
  gone.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) as unknown as Blob;
  expect(videoIn(await withKinds([{ file: gone, folder: undefined }]))).toBe(gone);
});
