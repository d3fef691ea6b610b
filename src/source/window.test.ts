import { expect, it, vi } from 'vitest';
import { BlobWindow } from './window';

it('retries a failed read', async () => {
  const blob = new Blob(['content']);
  const window = new BlobWindow(blob);
  const gone = { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as unknown as Blob;
  const slice = vi.spyOn(blob, 'slice').mockReturnValueOnce(gone);
  await expect(window.read(0, 4)).rejects.toThrow('gone');
  expect(new TextDecoder().decode(await window.read(0, 4))).toBe('cont');
  expect(new TextDecoder().decode(await window.read(4, 4))).toBe('ent');
  expect(slice).toHaveBeenCalledTimes(2);
});
