import { gzipSync, strToU8, zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { gather, readDropped, readFiles } from './gather';
import { readTransfer } from './transfer';

const { signal } = new AbortController();
const file = (name: string, content: BlobPart = 'x', type = '') => new File([content], name, { type });
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

it('separates images from other files by name or type, and skips system files', async () => {
  const files = [file('a.jpg'), file('pasted', 'x', 'image/png'), file('b.HEIC'), file('labels.json'), file('.DS_Store')];
  const { images, others } = await gather(signal, readFiles(files));
  expect(names(images)).toEqual(['a.jpg', 'pasted', 'b.HEIC']);
  expect(names(others)).toEqual(['labels.json']);
});

it('opens a zip, even without the file extension', async () => {
  const zip = new Uint8Array(
    zipSync({ 'in/c.jpg': strToU8('pixels'), '__MACOSX/in/._c.jpg': strToU8('litter'), 'data.yaml': strToU8('y') }),
  );
  for (const name of ['all.zip', 'download']) {
    const { images, others } = await gather(signal, readFiles([file(name, zip)]));
    expect(names(images)).toEqual(['in/c.jpg']);
    expect(await (await images[0]?.read())?.text()).toBe('pixels');
    expect(names(others)).toEqual(['data.yaml']);
  }
});

const zipped = (files: Record<string, Uint8Array>, level: 0 | 9 = 0) => new Uint8Array(zipSync(files, { level }));

it.each([0, 9] as const)(
  'opens zips inside a zip as if each were unpacked into a folder of its name (level %i)',
  async (level) => {
    const part = (content: string) => zipped({ 'a.jpg': strToU8(content), 'a.txt': strToU8('0 1') });
    const zip = zipped({ 'train.zip': part('one'), 'more/valid.ZIP': part('two'), 'notes.txt': strToU8('x') }, level);
    const { images, others, refused } = await gather(signal, readFiles([file('all.zip', zip)]));
    expect(names(images)).toEqual(['train/a.jpg', 'more/valid/a.jpg']);
    expect(names(others)).toEqual(['notes.txt', 'train/a.txt', 'more/valid/a.txt']);
    expect(await (await images[1]?.read())?.text()).toBe('two');
    expect(refused).toEqual([]);
  },
);

it('leaves out the entries of a zip whose paths lead out of it', async () => {
  const paths = ['../a.jpg', 'in/../../b.jpg', '..\\c.jpg', '../labels.json', 'in/d.jpg'];
  const zip = zipped(Object.fromEntries(paths.map((path) => [path, strToU8('x')])));
  const { images, others } = await gather(signal, readFiles([file('all.zip', zip)]));
  expect([names(images), names(others)]).toEqual([['in/d.jpg'], []]);
});

it('refuses zips that are nested too deeply or would exhaust memory, and takes the rest', async () => {
  const innermost = zipped({ 'a.jpg': strToU8('x') });
  const deep = zipped({ 'b.jpg': strToU8('x'), 'c.zip': zipped({ 'b.zip': innermost }), 'd.zip': innermost });
  const { images, refused } = await gather(signal, readFiles([file('deep.zip', deep)]));
  expect(names(images)).toEqual(['b.jpg', 'd/a.jpg']);
  expect(refused).toMatchObject([{ code: 'zip-nested', file: 'c.zip' }]);
  const bomb = zipped({ '1.zip': new Uint8Array(2 ** 20), 'a.jpg': strToU8('x') }, 9);
  const view = new DataView(bomb.buffer);
  view.setUint32(view.getUint32(bomb.length - 6, true) + 24, 2 ** 30, true);
  const large = await gather(signal, readFiles([file('large.zip', bomb)]));
  expect(names(large.images)).toEqual(['a.jpg']);
  expect(large.refused).toMatchObject([{ code: 'zip-nested', file: 'large.zip' }]);
});

it('unpacks no more zips than fit into memory from several zips together', async () => {
  const part = zipped({ 'a.jpg': strToU8('x') });
  const most = 2 ** 28;
  /** A zip that says its inner one has so many bytes. */
  const stating = (bytes: number) => {
    const zip = zipped({ 'part.zip': part }, 9);
    const view = new DataView(zip.buffer);
    view.setUint32(view.getUint32(zip.length - 6, true) + 24, bytes, true);
    return zip;
  };
  const files = [1, 2, 3].map((number) => file(`${number}.zip`, stating(most)));
  const { images, refused } = await gather(signal, readFiles(files));
  expect(images).toHaveLength(2);
  expect(refused).toMatchObject([{ code: 'zip-nested', file: '3.zip' }]);
});

it('continues with the other zips in a zip after one that cannot be opened or is too large', async () => {
  const part = zipped({ 'a.jpg': strToU8('x') });
  const all = zipped({ 'locked.zip': part, 'large.zip': new Uint8Array(2 ** 20), 'good.zip': part }, 9);
  const view = new DataView(all.buffer);
  const locked = view.getUint32(all.length - 6, true);
  view.setUint16(locked + 8, 1, true);
  view.setUint32(locked + 46 + 'locked.zip'.length + 24, 2 ** 30, true);
  const { images, refused } = await gather(signal, readFiles([file('all.zip', all)]));
  expect(names(images)).toEqual(['good/a.jpg']);
  expect(refused).toMatchObject([
    { code: 'zip-locked', file: 'locked.zip' },
    { code: 'zip-nested', file: 'all.zip' },
  ]);
});

it('stops on abort, even within a zip', async () => {
  const part = zipped({ 'a.jpg': strToU8('x') });
  const all = file('all.zip', zipped({ '1.zip': part, '2.zip': part }));
  const controller = new AbortController();
  const whole = all.slice();
  vi.spyOn(all, 'slice').mockImplementation((...range) => {
    controller.abort();
    return whole.slice(...range);
  });
  await expect(gather(controller.signal, readFiles([all]))).rejects.toMatchObject({ name: 'AbortError' });
  await expect(gather(controller.signal, readFiles([file('a.jpg')]))).rejects.toMatchObject({ name: 'AbortError' });
});

it('opens neither texts nor NumPy archives as zips, and does not read a file named as a text', async () => {
  const text = file('labels.txt', 'PK\x03\x04');
  const slice = vi.spyOn(text, 'slice');
  const given = [text, file('arrays.npz', zipped({ 'x.npy': strToU8('x') })), file('notes', 'PK is a file format.')];
  const { others, refused } = await gather(signal, readFiles(given));
  expect([names(others), refused]).toEqual([['labels.txt', 'arrays.npz', 'notes'], []]);
  expect(slice).not.toHaveBeenCalled();
});

it('unpacks compressed text files, and reports a damaged one', async () => {
  const packed = new Uint8Array(gzipSync(strToU8('{"images": []}')));
  const { others } = await gather(
    signal,
    readFiles([file('labels.json.gz', packed), file('set.tar.gz', packed), file('b.json.gz', 'x')]),
  );
  expect(names(others)).toEqual(['labels.json', 'set.tar.gz', 'b.json']);
  expect(await (await others[0]?.read())?.text()).toBe('{"images": []}');
  await expect(others[2]?.read()).rejects.toMatchObject({ code: 'gzip-damaged', file: 'b.json.gz' });
});

it('refuses a file that is a zip only by name, and takes the rest', async () => {
  const { images, refused } = await gather(signal, readFiles([file('all.zip'), file('a.jpg')]));
  expect(names(images)).toEqual(['a.jpg']);
  expect(refused).toMatchObject([{ code: 'zip-damaged', file: 'all.zip' }]);
});

it('takes the rest if a file is gone or a folder cannot be read, and retries an image on demand', async () => {
  let there = false;
  const gone = (name: string) => ({
    isFile: true,
    name,
    fullPath: `/f/${name}`,
    file: (done: (one: File) => void, fail: (error: unknown) => void) =>
      there ? done(file(name)) : fail(new DOMException('gone')),
  });
  const folder = (name: string, children: unknown[] | undefined) => ({
    isDirectory: true,
    name,
    createReader: () => ({
      readEntries: (done: (some: unknown[]) => void, fail: (error: unknown) => void) =>
        children ? done(children.splice(0)) : fail(new DOMException('gone')),
    }),
  });
  const items = [folder('f', [gone('1.jpg'), gone('labels.json')]), folder('locked', undefined)].map((entry) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
    getAsFile: () => null,
  }));
  const { images, others, refused } = await gather(signal, await readDropped(readTransfer({ items } as unknown as DataTransfer)));
  expect([names(images), others]).toEqual([['f/1.jpg'], []]);
  expect(refused).toMatchObject(['f/labels.json', 'locked'].map((name) => ({ code: 'unreadable', file: name })));
  await expect(images[0]?.read()).rejects.toMatchObject({ code: 'unreadable' });
  there = true;
  expect(await (await images[0]?.read())?.text()).toBe('x');
});

const leaf = (path: string, itself = file(path.split('/').at(-1) ?? '')) => ({
  isFile: true,
  isDirectory: false,
  name: itself.name,
  fullPath: `/${path}`,
  file: (done: (one: File) => void) => done(itself),
});
/** atATime: how many entries one read returns. */
const folder = (path: string, children: unknown[], atATime = 2) => ({
  isFile: false,
  isDirectory: true,
  name: path,
  fullPath: `/${path}`,
  createReader: () => {
    const left = [...children];
    return { readEntries: (done: (some: unknown[]) => void) => done(left.splice(0, atATime)) };
  },
});

it('walks dropped folders, however many entries one read returns, and sorts names in numeric order', async () => {
  const tree = folder('f', [leaf('f/10.jpg'), leaf('f/9.jpg'), folder('sub', [leaf('f/sub/1.jpg')]), leaf('f/2.jpg')]);
  const items = [
    { kind: 'file', webkitGetAsEntry: () => tree, getAsFile: () => null },
    { kind: 'file', webkitGetAsEntry: () => leaf('b.jpg'), getAsFile: () => file('b.jpg') },
    { kind: 'string' },
  ];
  const read = await readDropped(readTransfer({ items } as unknown as DataTransfer));
  expect(names(read)).toEqual(['f/2.jpg', 'f/9.jpg', 'f/10.jpg', 'f/sub/1.jpg', 'b.jpg']);
});

it('accepts a folder with more files than a call accepts arguments', async () => {
  const one = leaf('f/sub/1.jpg');
  const many = Array.from({ length: 500_000 }, () => one);
  const tree = folder('f', [folder('sub', many, many.length)]);
  const items = [{ kind: 'file', webkitGetAsEntry: () => tree, getAsFile: () => null }];
  expect(await readDropped(readTransfer({ items } as unknown as DataTransfer))).toHaveLength(many.length);
});

it('returns nothing without a transfer', async () => {
  expect(await readDropped(readTransfer(null))).toEqual([]);
});

it('sorts a folder from a dialog by name, and keeps the order of single files', () => {
  const inFolder = (path: string) => Object.assign(file('x.jpg'), { webkitRelativePath: path });
  expect(names(readFiles(['set/10.jpg', 'set/9.jpg'].map(inFolder)))).toEqual(['set/9.jpg', 'set/10.jpg']);
  expect(names(readFiles([file('b.jpg'), file('a.jpg')]))).toEqual(['b.jpg', 'a.jpg']);
});
