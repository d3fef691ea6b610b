import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { decodeImage } from './decode';

/** As in a worker, there is no <img> here. */
const decode = (bytes: Uint8Array<ArrayBuffer>) => decodeImage(new AbortController().signal, new Blob([bytes]), 'a file');

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const png = (width: number, height: number) => {
  const bytes = latin1(`\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR${'\0'.repeat(30)}`);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
};

/** Stubs a browser whose decoder rejects everything, or returns a bitmap of that size. */
function decoder(size?: { width: number; height: number }) {
  const decoding = vi.fn(async () => {
    if (!size) throw new Error('The source image could not be decoded.');
    return size;
  });
  vi.stubGlobal('createImageBitmap', decoding);
  return decoding;
}

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['empty-file', new Uint8Array()],
  ['not-an-image', latin1('Dear reader, this is no image.')],
  ['heic', latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
  ['tiff', latin1('II*\0\x08\0\0\0')],
  ['raw', latin1('II*\0\x10\0\0\0CR\x02\0')],
  ['other-image', latin1('8BPS\0\x01')],
  ['svg', latin1('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['damaged-image', png(4, 3)],
])('reports why a file cannot be decoded: %s', async (code, bytes) => {
  decoder();
  await expect(decode(bytes)).rejects.toMatchObject({ name: 'SourceError', code, file: 'a file' });
});

it('rejects an image that is too large before decoding it', async () => {
  const decoding = decoder({ width: 30_000, height: 30_000 });
  await expect(decode(png(30_000, 30_000))).rejects.toMatchObject({ code: 'too-large' });
  expect(decoding).not.toHaveBeenCalled();
});

it('returns the size of the decoded, upright image', async () => {
  decoder({ width: 3, height: 4 });
  expect(await decode(png(4, 3))).toMatchObject({ width: 3, height: 4 });
});

it.each([
  ['plain blue', [0, 0, 255], true],
  ['the grey of missing pixels', [128, 128, 128], false],
])('opens or rejects a JPEG that only lacks its end, by its bottom: %s, %s', async (_, colour, opens) => {
  const data = Uint8ClampedArray.from({ length: 4 * 64 * 16 }, (_, i) => colour[i % 4] ?? 255);
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({ drawImage: () => undefined, getImageData: () => ({ data }) });
    },
  );
  decoder(Object.assign({ width: 512, height: 512 }, { close: () => undefined }));
  const decoded = decode(Uint8Array.from(readFileSync('public/samples/astronaut.jpg').subarray(0, -2)));
  if (opens) expect(await decoded).toMatchObject({ width: 512, incomplete: true });
  else await expect(decoded).rejects.toMatchObject({ code: 'damaged-image' });
});
