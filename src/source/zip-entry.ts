import { atMost } from './at-most';
import { collectBlob, collectText } from './collect';
import { SourceError } from './error';
import type { BlobWindow } from './window';

/** An entry as listed in the central directory at the end of a zip. */
export interface Place {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  /** Bytes, inflated and compressed. */
  readonly size: number;
  readonly packed: number;
  /** Of its header in the zip. Bytes. */
  readonly offset: number;
}

export const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const LOCAL_BYTES = 30;
/** No browser could open an image file larger than this. Bytes. */
const MAX_ENTRY = 2 ** 30;
/** Entries up to this size are read in one piece. Bytes. */
const SMALL = 2 ** 16;
/** The longest name, with extra fields, of an entry that is read in one piece. Bytes. */
const MAX_NAME_BYTES = 2 ** 10;

/** Offset of an entry's data from the beginning of its header. */
function skipOf(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

function checkReadable({ name, flags, method, size }: Place): void {
  if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) throw new SourceError('zip-locked', name);
  if (size > MAX_ENTRY) throw new SourceError('too-large', name);
}

/** Inflates an entry. Rejects with a SourceError, or with another error if the zip is damaged. */
export async function readEntry(zip: Blob, window: BlobWindow, place: Place): Promise<Blob> {
  checkReadable(place);
  const { offset, packed, method, size } = place;
  const start = offset + skipOf(await window.read(offset, LOCAL_BYTES));
  const data = zip.slice(start, start + packed);
  return method === STORED ? data : collectBlob(inflated(data.stream(), size));
}

/** The same as UTF-8 text. A small entry is read together with its header and its neighbours. */
export async function readEntryText(zip: Blob, window: BlobWindow, place: Place): Promise<string> {
  checkReadable(place);
  const { offset, packed, method, size } = place;
  const read = packed > SMALL ? undefined : await window.read(offset, LOCAL_BYTES + MAX_NAME_BYTES + packed);
  if (!read || skipOf(read) > LOCAL_BYTES + MAX_NAME_BYTES) return (await readEntry(zip, window, place)).text();
  const data = read.subarray(skipOf(read), skipOf(read) + packed);
  if (method === STORED) return new TextDecoder().decode(data);
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      controller.enqueue(data);
      controller.close();
    },
  });
  return collectText(inflated(stream, size));
}

const inflated = (packed: ReadableStream<Uint8Array<ArrayBuffer>>, size: number): ReadableStream<Uint8Array<ArrayBuffer>> =>
  packed.pipeThrough(new DecompressionStream('deflate-raw')).pipeThrough(atMost(size));
