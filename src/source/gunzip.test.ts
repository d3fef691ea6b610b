import { gzipSync, strToU8 } from 'fflate';
import { expect, it, vi } from 'vitest';
import { gunzip } from './gunzip';

const packed = new Blob([new Uint8Array(gzipSync(strToU8('text')))]);

it('unpacks a gzip file, and reports a truncated one as damaged', async () => {
  expect(await (await gunzip(packed, 'a.json.gz')).text()).toBe('text');
  const short = gunzip(packed.slice(0, -9), 'a.json.gz');
  await expect(short).rejects.toMatchObject({ code: 'gzip-damaged', file: 'a.json.gz' });
});

it('reports a file that is gone as unreadable, although its stream fails like that of a damaged one', async () => {
  const gone = new Blob(['x']);
  const stream = new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) });
  vi.spyOn(gone, 'stream').mockReturnValue(stream);
  const nothing = { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as unknown as Blob;
  vi.spyOn(gone, 'slice').mockReturnValue(nothing);
  await expect(gunzip(gone, 'a.json.gz')).rejects.toMatchObject({ code: 'unreadable' });
});
