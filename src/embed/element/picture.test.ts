import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Picture } from './picture';

/** Widths of the bitmaps that are not closed. */
let open: number[] = [];

function bitmapOf(width: number, height: number): ImageBitmap {
  open.push(width);
  const close = () => {
    open = open.filter((one) => one !== width);
  };
  return { width, height, close };
}

const decode = vi.fn(async () => bitmapOf(4000, 3000));
const scale = vi.fn(async (_: ImageBitmap, { resizeWidth = 0, resizeHeight = 0 }: ImageBitmapOptions) =>
  bitmapOf(resizeWidth, resizeHeight),
);

beforeEach(() => {
  open = [];
  decode.mockClear();
  vi.stubGlobal('createImageBitmap', scale);
});
afterEach(() => vi.unstubAllGlobals());

it('keeps about as many pixels as are drawn, and decodes the file again for a larger drawing', async () => {
  const picture = new Picture(bitmapOf(4000, 3000), decode);
  expect([await picture.fit(800), picture.bitmap.height, open]).toEqual([true, 600, [800]]);
  expect([await picture.fit(500), open]).toEqual([false, [800]]);
  expect([await picture.fit(1200), open, decode.mock.calls.length]).toEqual([true, [1200], 1]);
  expect([await picture.fit(9000), open]).toEqual([true, [4000]]); // never more than the file has
  expect(await picture.fit(9000)).toBe(false);
  picture.close();
  expect(open).toEqual([]);
});

it('keeps what it has if it cannot be replaced, and leaks nothing', async () => {
  const picture = new Picture(bitmapOf(4000, 3000), decode);
  scale.mockRejectedValueOnce(new Error('out of memory'));
  expect([await picture.fit(800), open]).toEqual([false, [4000]]);
  await picture.fit(800);
  decode.mockRejectedValueOnce(new Error('aborted'));
  expect([await picture.fit(1200), open]).toEqual([false, [800]]);
  const late = picture.fit(1200);
  expect(await picture.fit(1300)).toBe(false); // one at a time
  picture.close();
  expect([await late, open]).toEqual([false, []]);
});
