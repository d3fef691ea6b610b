/** What Matroska and WebM begin with. */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];
/** The index, and where it is mentioned at the head of a file. */
const CUES = [0x1c, 0x53, 0xbb, 0x6b];
/** Frames begin here. */
const CLUSTER = [0x1f, 0x43, 0xb6, 0x75];
/** More than comes before the frames. Bytes. */
const HEAD = 2 ** 16;
/** Larger files stay as they are: the one with an index is made in memory. Bytes. */
const LARGEST = 2 ** 28;

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  return bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte));
}

async function lacksIndex(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const frames = indexOf(head, CLUSTER);
  return indexOf(head, EBML) === 0 && frames > 0 && indexOf(head.subarray(0, frames), CUES) < 0;
}

/**
 * A WebM that has no index, as browsers record them, is copied with one: without an index, Firefox shows other frames than those that are
 * sought, and WebKitGTK none. Any other file, and one that cannot be read, is returned as it is.
 */
export async function indexed(signal: AbortSignal, file: Blob): Promise<Blob> {
  if (file.size > LARGEST) return file;
  try {
    if (!(await lacksIndex(file))) return file;
    const { withIndex } = await import('./remux');
    return await withIndex(signal, file);
  } catch {
    return file; // what is wrong with it shows when it is played
  }
}
