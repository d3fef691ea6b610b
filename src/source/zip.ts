import { SourceError } from './error';
import { isReadable } from './read';
import { BlobWindow } from './window';
import { type Place, readEntry, readEntryText, STORED } from './zip-entry';

/**
 * Reads a zip by its central directory, one entry at a time: an archive of any size (Zip64, too) costs only the memory of the entry that is
 * being read. The browser inflates it, off this thread.
 */

export interface ZipEntry {
  /** Including its folders, separated by '/'. */
  readonly name: string;
  /** Its uncompressed size in bytes, as stated by the zip. */
  readonly bytes: number;
  /** It is not compressed: read() returns a slice of the zip, which costs no memory. */
  readonly stored: boolean;
  /** Inflates it. Rejects with a SourceError, also if it has more bytes than stated. */
  read(): Promise<Blob>;
  /** The same as UTF-8 text: much faster for a small entry, because browsers take milliseconds for each Blob. */
  text(): Promise<string>;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const ENTRY = 0x02014b50;
const [END_BYTES, LOCATOR64_BYTES, END64_BYTES, ENTRY_BYTES] = [22, 20, 56, 46];
const MAX_COMMENT_BYTES = 0xffff;
/** The value of a 32-bit field if a 64-bit one follows. */
const ELSEWHERE = 0xffffffff;

const viewOf = async (blob: Blob, from: number, bytes: number) =>
  new DataView(await blob.slice(from, from + bytes).arrayBuffer());

const long = (view: DataView, at: number) => Number(view.getBigUint64(at, true));

interface Directory {
  readonly entries: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Finds the central directory. Throws a RangeError if there is none. */
async function findDirectory(zip: Blob): Promise<Directory> {
  const from = Math.max(0, zip.size - END_BYTES - MAX_COMMENT_BYTES - LOCATOR64_BYTES);
  const tail = await viewOf(zip, from, zip.size - from);
  let at = tail.byteLength - END_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new RangeError('no end of a zip');
  const locator = at - LOCATOR64_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== LOCATOR64) {
    return {
      entries: tail.getUint16(at + 10, true),
      bytes: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
  }
  const end = await viewOf(zip, long(tail, locator + 8), END64_BYTES);
  if (end.getUint32(0, true) !== END64) throw new RangeError('no end of a Zip64');
  return { entries: long(end, 32), bytes: long(end, 40), offset: long(end, 48) };
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
/** The bytes from 128 on in DOS code page 437, which is a zip's encoding if it states none; no browser decodes it. */
const DOS =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * Names are decoded as UTF-8 whenever possible: many programs write it without declaring it. Some on Windows (PowerShell 5) separate folders
 * by backslashes.
 */
function nameOf(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes).replaceAll('\\', '/');
  } catch {
    return Array.from(bytes, (byte) => DOS[byte - 128] ?? String.fromCharCode(byte))
      .join('')
      .replaceAll('\\', '/');
  }
}

/** The 64-bit values that replace the entry's 32-bit ones, in their order. */
function wideFields(view: DataView, from: number, to: number, narrow: readonly number[]): readonly number[] {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    return narrow.map((value) => {
      if (value !== ELSEWHERE) return value;
      field += 8;
      return long(view, field - 8);
    });
  }
  return narrow;
}

/** The files in a zip, in its order. Rejects with a SourceError if it is no zip or is truncated. name: for the error. */
export async function readZip(zip: Blob, name: string): Promise<ZipEntry[]> {
  const damaged = async (cause: unknown) =>
    new SourceError((await isReadable(zip)) ? 'zip-damaged' : 'unreadable', name, { cause });
  const found: Place[] = [];
  try {
    const directory = await findDirectory(zip);
    const view = await viewOf(zip, directory.offset, directory.bytes);
    for (let at = 0; found.length < directory.entries; ) {
      if (view.getUint32(at, true) !== ENTRY) throw new RangeError('the list of entries is broken');
      const [named, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
      const text = at + ENTRY_BYTES;
      const narrow = [24, 20, 42].map((field) => view.getUint32(at + field, true));
      const [size = 0, packed = 0, offset = 0] = wideFields(view, text + named, text + named + extra, narrow);
      found.push({
        name: nameOf(new Uint8Array(view.buffer, text, named)),
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        size,
        packed,
        offset,
      });
      at = text + named + extra + comment;
    }
  } catch (error) {
    throw await damaged(error);
  }
  const window = new BlobWindow(zip);
  const guarded = <T>(reading: Promise<T>) =>
    reading.catch(async (error) => {
      throw error instanceof SourceError ? error : await damaged(error);
    });
  return found
    .filter((place) => !place.name.endsWith('/'))
    .map((place) => ({
      name: place.name,
      bytes: place.size,
      stored: place.method === STORED,
      read: () => guarded(readEntry(zip, window, place)),
      text: () => guarded(readEntryText(zip, window, place)),
    }));
}
