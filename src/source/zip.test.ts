import { strToU8, zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { readZip } from './zip';

const blob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);
const long = 'the same again and again, '.repeat(500);
const archive = zipSync({
  'a/one.jpg': [strToU8('stored'), { level: 0 }],
  'a/zwei ü.jpg': [strToU8(long), { level: 9 }],
  'a/': new Uint8Array(),
});

it('lists the files with their folders, and reads stored and deflated ones', async () => {
  const entries = await readZip(blob(archive), 'a.zip');
  expect(entries.map(({ name }) => name)).toEqual(['a/one.jpg', 'a/zwei ü.jpg']);
  expect(await (await entries[0]?.read())?.text()).toBe('stored');
  expect(await (await entries[1]?.read())?.text()).toBe(long);
  expect(await Promise.all(entries.map((entry) => entry.text()))).toEqual(['stored', long]);
});

it('reads the texts of many entries with few reads of the file', async () => {
  const names = Array.from({ length: 1000 }, (_, i) => `labels/${i}.txt`);
  const zip = blob(zipSync(Object.fromEntries(names.map((name) => [name, strToU8(`0 ${name}`)]))));
  const slice = vi.spyOn(zip, 'slice');
  const entries = await readZip(zip, 'a.zip');
  expect(await Promise.all(entries.map((entry) => entry.text()))).toEqual(names.map((name) => `0 ${name}`));
  expect(slice.mock.calls.length).toBeLessThan(10);
});

/** Replaces a name by other bytes. */
function renamed(zip: Uint8Array, from: string, to: readonly number[]): Uint8Array {
  const bytes = zip.slice();
  const text = String.fromCharCode(...bytes);
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) bytes.set(to, at);
  return bytes;
}

it('decodes names that are not UTF-8 as DOS code page 437', async () => {
  const zip = zipSync({ 'names/abcdef.jpg': strToU8('x') });
  const [entry] = await readZip(blob(renamed(zip, 'abcdef', [0x84, 0x94, 0x81, 0xe1, 0x82, 0xff])), 'a.zip');
  expect(entry?.name).toBe('names/äöüßé\u00a0.jpg');
});

it('accepts backslashes as folder separators, as PowerShell 5 writes them', async () => {
  const entries = await readZip(
    blob(zipSync({ 'set\\images\\a.jpg': strToU8('x'), 'set\\labels\\': new Uint8Array() })),
    'a.zip',
  );
  expect(entries.map(({ name }) => name)).toEqual(['set/images/a.jpg']);
  expect(await entries[0]?.text()).toBe('x');
});

it('finds the directory of a zip that ends with a comment', async () => {
  const commented = new Uint8Array(archive.length + 5);
  commented.set(archive);
  new DataView(commented.buffer).setUint16(archive.length - 2, 5, true);
  expect(await readZip(blob(commented), 'a.zip')).toHaveLength(2);
});

it('reads the sizes and offsets of a Zip64', async () => {
  // The directory and its end rewritten as in Zip64: the offsets in an extra field, the end's in a record of its own.
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  const from = view.getUint32(end + 16, true);
  const parts: Uint8Array[] = [archive.slice(0, from)];
  for (let at = from; at < end; ) {
    const [name, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const entry = archive.slice(at, at + 46 + name);
    const wide = new DataView(new ArrayBuffer(28));
    wide.setUint16(0, 1, true);
    wide.setUint16(2, 24, true);
    [24, 20, 42].forEach((field, i) => {
      wide.setBigUint64(4 + 8 * i, BigInt(view.getUint32(at + field, true)), true);
      new DataView(entry.buffer).setUint32(field, 0xffffffff, true);
    });
    new DataView(entry.buffer).setUint16(30, 28, true);
    parts.push(entry, new Uint8Array(wide.buffer));
    at += 46 + name + extra;
  }
  const bytes = parts.slice(1).reduce((sum, part) => sum + part.length, 0);
  const tail = new DataView(new ArrayBuffer(56 + 20 + 22));
  tail.setUint32(0, 0x06064b50, true);
  tail.setBigUint64(32, 3n, true);
  tail.setBigUint64(40, BigInt(bytes), true);
  tail.setBigUint64(48, BigInt(from), true);
  tail.setUint32(56, 0x07064b50, true);
  tail.setBigUint64(64, BigInt(from + bytes), true);
  tail.setUint32(76, 0x06054b50, true);
  for (const [at, value] of [
    [86, 0xffff],
    [84, 0xffff],
  ] as const)
    tail.setUint16(at, value, true);
  tail.setUint32(92, 0xffffffff, true);
  const wide = new Blob([...parts.map((part) => new Uint8Array(part)), tail]);
  const entries = await readZip(wide, 'a.zip');
  expect(await (await entries[1]?.read())?.text()).toBe(long);
});

it('reports a zip that is damaged, truncated or password-protected', async () => {
  const damaged = { code: 'zip-damaged', file: 'a.zip' };
  await expect(readZip(blob(strToU8('not a zip at all, whatever its name')), 'a.zip')).rejects.toMatchObject(damaged);
  await expect(readZip(blob(archive.slice(0, -40)), 'a.zip')).rejects.toMatchObject(damaged);
  await expect(readZip(new Blob([]), 'a.zip')).rejects.toMatchObject(damaged);
  const locked = archive.slice();
  const view = new DataView(locked.buffer);
  const first = view.getUint32(archive.length - 22 + 16, true);
  view.setUint16(first + 8, 1, true);
  const [entry] = await readZip(blob(locked), 'a.zip');
  await expect(entry?.read()).rejects.toMatchObject({ code: 'zip-locked', file: 'a/one.jpg' });
});

it('reports a damaged entry, and reads the others', async () => {
  const broken = archive.slice();
  const view = new DataView(broken.buffer);
  const second = 30 + view.getUint16(26, true) + view.getUint16(28, true) + 6; // after the first entry's header and 6 bytes
  broken.fill(0xff, second + 30 + view.getUint16(second + 26, true), second + 30 + view.getUint16(second + 26, true) + 20);
  const entries = await readZip(blob(broken), 'a.zip');
  await expect(entries[1]?.read()).rejects.toMatchObject({ code: 'zip-damaged' });
  expect(await (await entries[0]?.read())?.text()).toBe('stored');
});

it('stops inflating an entry that has more bytes than its header says', async () => {
  const bomb = zipSync({ 'labels.json': [new Uint8Array(50_000_000), { level: 9 }] });
  const view = new DataView(bomb.buffer, bomb.byteOffset, bomb.byteLength);
  view.setUint32(view.getUint32(bomb.length - 22 + 16, true) + 24, 100, true);
  const [entry] = await readZip(blob(bomb), 'a.zip');
  expect(entry?.bytes).toBe(100);
  await expect(entry?.read()).rejects.toMatchObject({ code: 'zip-damaged' });
  await expect(entry?.text()).rejects.toMatchObject({ code: 'zip-damaged' });
});
