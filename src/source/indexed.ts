/** The first bytes of Matroska and WebM. */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];
/** The id of the index, also in the reference to it at the beginning of a file. */
const CUES = [0x1c, 0x53, 0xbb, 0x6b];
/** The id of an element with frames. */
const CLUSTER = [0x1f, 0x43, 0xb6, 0x75];
/** More than precedes the frames. Bytes. */
const HEAD = 2 ** 16;
/** Larger files are left unchanged, because the copy with an index is made in memory. Bytes. */
const MAX_BYTES = 2 ** 28;

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  return bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte));
}

async function lacksIndex(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const frames = indexOf(head, CLUSTER);
  return indexOf(head, EBML) === 0 && frames > 0 && indexOf(head.subarray(0, frames), CUES) < 0;
}

/**
 * Copies a WebM that has no index, as browsers record them, and adds one: without an index, Firefox shows other frames than those sought,
 * and WebKitGTK none. Any other file, and one that cannot be read, is returned unchanged.
 */
export async function indexed(signal: AbortSignal, file: Blob): Promise<Blob> {
  if (file.size > MAX_BYTES) return file;
  try {
    if (!(await lacksIndex(file))) return file;
    const { withIndex } = await import('./remux');
    return await withIndex(signal, file);
  } catch {
    return file; // a fault in it is reported when it is played
  }
}
