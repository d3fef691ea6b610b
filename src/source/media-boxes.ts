/** The boxes that an MP4 or QuickTime file consists of. */

export interface MediaBox {
  readonly name: string;
  /** Where its header begins, and where its content ends; bytes. */
  readonly from: number;
  readonly to: number;
}

/** Size of a box's header: its size and name. Bytes. */
export const HEAD = 8;
/** A video's moov takes kilobytes per minute. Bytes. */
export const MAX_MOOV_BYTES = 2 ** 26;

export const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));

/**
 * The top-level boxes of a file, as far as it consists of boxes. The last one may end beyond the file, which is then truncated, or at infinity,
 * if it takes up the rest of the file. Rejects if the file cannot be read.
 */
export async function* boxesOf(file: Blob): AsyncGenerator<MediaBox, void, undefined> {
  for (let from = 0; from + HEAD <= file.size; ) {
    const view = new DataView(await file.slice(from, from + 2 * HEAD).arrayBuffer());
    const short = view.getUint32(0);
    const isLong = short === 1 && view.byteLength === 2 * HEAD; // the size follows the name
    const size = isLong ? Number(view.getBigUint64(HEAD)) : short || Number.POSITIVE_INFINITY;
    if (size < HEAD) return;
    yield { name: nameAt(view, 0), from, to: from + size };
    from += size;
  }
}
