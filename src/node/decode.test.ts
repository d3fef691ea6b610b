import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type NodeImage, rasterOf } from './decode';

/** Two pixels, the second of them transparent. */
const PNG = encode({ width: 2, height: 1, channels: 4, data: Uint8Array.from([255, 128, 0, 255, 255, 255, 255, 0]) });
const PIXELS = Uint8Array.from([255, 128, 0, 0, 0, 0]);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posecade-'));
  await writeFile(join(folder, 'a b.png'), PNG);
});

afterAll(() => rm(folder, { recursive: true }));

it('decodes paths, file URLs and bytes alike, with transparency as black', async () => {
  const path = join(folder, 'a b.png');
  for (const image of [path, pathToFileURL(path), PNG, PNG.slice().buffer])
    expect(await rasterOf(image)).toEqual({ width: 2, height: 1, data: PIXELS });
});

it('accepts pixels as they are, but only RGB', async () => {
  const rgb = { width: 2, height: 1, data: PIXELS };
  expect(await rasterOf(rgb)).toBe(rgb);
  for (const other of [{ data: new Uint8Array(8) }, { width: 0, data: new Uint8Array() }, { width: 1.5, height: 4 / 3 }])
    await expect(rasterOf({ ...rgb, ...other })).rejects.toThrow(RangeError);
});

it.each([[null], [undefined], [5], [new Blob()]])('refuses %s, which is no image, with a TypeError', async (image) => {
  await expect(rasterOf(image as unknown as NodeImage)).rejects.toThrow(
    new TypeError('an image must be a path, a file URL, bytes, or { width, height, data }'),
  );
});

it('reports why an image cannot be read', async () => {
  const code = (image: string | Uint8Array) => rasterOf(image).catch((error) => [error.name, error.code]);
  expect(await code(join(folder, 'none.png'))).toEqual(['SourceError', 'unreadable']);
  expect(await code(folder)).toEqual(['SourceError', 'unreadable']);
  expect(await code(new Uint8Array())).toEqual(['SourceError', 'empty-file']);
  expect(await code(new TextEncoder().encode('Dear reader, this is no image.'))).toEqual(['SourceError', 'not-an-image']);
  // 17000 x 17000 pixels according to its header; sharp opens up to 16383 x 16383.
  const huge = encode({ width: 17_000, height: 17_000, channels: 1, depth: 1, data: new Uint8Array(17_000 * 2125) });
  expect(await code(huge)).toEqual(['SourceError', 'too-large']);
  const whole = encode({ width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).map((_, i) => (i * 7919) % 251) });
  expect(await code(whole.subarray(0, whole.length / 2))).toEqual(['SourceError', 'damaged-image']);
});

it('says that a HEIC photo cannot be read', async () => {
  const heic = new TextEncoder().encode('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
  await expect(rasterOf(heic)).rejects.toMatchObject({ name: 'SourceError', code: 'heic' });
});

it.each([8, 16])('decodes %i bits a channel with a profile of its own to sRGB', async (bits) => {
  const red = sharp({ create: { width: 2, height: 2, channels: 3, background: { r: 250, g: 20, b: 30 } } });
  const png = await (bits === 16 ? red.toColourspace('rgb16') : red).withIccProfile('p3').png().toBuffer();
  const { data } = await rasterOf(png);
  for (const [i, value] of [250, 20, 30].entries()) expect(Math.abs((data[i] ?? 0) - value)).toBeLessThanOrEqual(2);
});
