import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { ExportEntry } from '../../annotate/formats/export';
import { createPause } from '../../async/pause';
import { ExportError } from '../shell/export-error';

/** A zip has 32 bits for offsets and 16 for the number of files. Leaves some room for the central directory at the end. */
const MAX_BYTES = 2 ** 32 - 2 ** 24;
const MAX_FILES = 2 ** 16 - 1;
/** Packed data is handed to the browser in pieces of this size, which it may keep on disk. Bytes. */
const PIECE = 2 ** 23;
const TEXT_PIECE = 2 ** 18;

export interface Packed {
  readonly blob: Blob;
  /** Paths of the images that are left out because their files could not be read. */
  readonly missing: readonly string[];
}

export interface PackOptions {
  /** The file of an image, by its id in the session. A rejection leaves it out. */
  readonly file: (image: number) => Promise<Blob>;
  /** Called now and then with the number of entries done. */
  readonly onProgress: (done: number) => void;
}

/**
 * Packs an export. One entry at a time is in memory, as a whole: a file that cannot be read to its end leaves nothing in the zip. Rejects
 * with the signal's reason, or with an ExportError.
 */
export async function pack(
  signal: AbortSignal,
  entries: Iterable<ExportEntry>,
  { file, onProgress }: PackOptions,
): Promise<Packed> {
  const pieces: Blob[] = [];
  const missing: string[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let [waiting, total, files] = [0, 0, 0];
  let failure: Error | undefined;
  const flush = () => {
    pieces.push(new Blob(chunks));
    [chunks, waiting] = [[], 0];
  };
  const pause = createPause(
    () => performance.now(),
    () => new Promise((resolve) => setTimeout(resolve)),
  );
  const zip = new Zip((error, chunk) => {
    failure ??= error ?? undefined;
    if (!chunk) return;
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
    waiting += chunk.length;
    total += chunk.length;
    if (waiting > PIECE) flush();
  });
  for (const entry of entries) {
    signal.throwIfAborted();
    if (await pause()) onProgress(files);
    if ('text' in entry) addText(zip, entry.path, entry.text);
    else {
      const image = await file(entry.image).catch(() => undefined);
      if (image && total + image.size > MAX_BYTES) throw new ExportError('export-too-large');
      const pixels = await image?.arrayBuffer().catch(() => undefined);
      if (pixels) addImage(zip, entry.path, new Uint8Array(pixels));
      else missing.push(entry.path);
    }
    files += 1;
    if (failure) throw failure;
    if (total > MAX_BYTES || files > MAX_FILES) throw new ExportError('export-too-large');
  }
  onProgress(files);
  zip.end();
  flush();
  return { blob: new Blob(pieces, { type: 'application/zip' }), missing };
}

function addText(zip: Zip, path: string, text: string): void {
  const packed = new ZipDeflate(path);
  zip.add(packed);
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += TEXT_PIECE) packed.push(bytes.subarray(from, from + TEXT_PIECE));
  packed.push(new Uint8Array(0), true);
}

/** Photographs are already compressed, so they are stored as they are. */
function addImage(zip: Zip, path: string, bytes: Uint8Array): void {
  const stored = new ZipPassThrough(path);
  zip.add(stored);
  stored.push(bytes, true);
}
