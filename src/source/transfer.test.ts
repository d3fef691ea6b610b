import { expect, it } from 'vitest';
import { pickFromTransfer, pickOne, videoIn } from './transfer';

const file = (name: string, type: string) => new File(['x'], name, { type });

it('takes the first image of several files and counts the rest', () => {
  const files = [file('notes.txt', 'text/plain'), file('a.jpg', 'image/jpeg'), file('b.jpg', 'image/jpeg')];
  expect(pickOne(files, 0)).toMatchObject({ file: files[1], others: 2 });
});

it('takes a file without an image type when there is no other', () => {
  expect(pickOne([file('photo', '')], 0)).toMatchObject({ others: 0 });
});

it('tells a folder from nothing at all', () => {
  expect(() => pickOne([], 1)).toThrow(expect.objectContaining({ code: 'folder' }));
  expect(() => pickOne([], 0)).toThrow(expect.objectContaining({ code: 'nothing-given' }));
  expect(() => pickFromTransfer(null)).toThrow(expect.objectContaining({ code: 'nothing-given' }));
});

it('leaves text and folders of a drop aside', () => {
  const items = [
    { kind: 'string' },
    { kind: 'file', webkitGetAsEntry: () => ({ isDirectory: true }), getAsFile: () => file('dir', '') },
    { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file('a.png', 'image/png') },
  ];
  const picked = pickFromTransfer({ items } as unknown as DataTransfer);
  expect(picked.file.name).toBe('a.png');
  expect(picked.others).toBe(1);
});

it('finds a video by what it says of itself, unless a picture came with it', () => {
  const transfer = (...files: [string, string][]) =>
    ({ files: files.map(([name, type]) => new File(['x'], name, { type })) }) as unknown as DataTransfer;
  expect(videoIn(transfer(['a.txt', 'text/plain'], ['b', 'video/mp4']))?.name).toBe('b');
  expect(videoIn(transfer(['a.MKV', '']))?.name).toBe('a.MKV');
  expect(videoIn(transfer(['a.mp4', 'video/mp4'], ['b.jpg', 'image/jpeg']))).toBeUndefined();
  expect(videoIn(null)).toBeUndefined();
});
