import { expect, it, vi } from 'vitest';
import { isReadable, readHead } from './read';

it('reads the head of a file', async () => {
  expect(new TextDecoder().decode(await readHead(new Blob(['content']), 4, 'a.txt'))).toBe('cont');
  expect(await readHead(new Blob([]), 4, 'a.txt')).toHaveProperty('byteLength', 0);
  expect(await isReadable(new Blob([]))).toBe(true);
});

it('detects that a file is gone, although its size is 0 and an empty slice of it can be read', async () => {
  const gone = new Blob([]);
  vi.spyOn(gone, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotFoundError'));
  expect(await isReadable(gone)).toBe(false);
  await expect(readHead(gone, 4, 'a.txt')).rejects.toMatchObject({ code: 'unreadable', file: 'a.txt' });
});
