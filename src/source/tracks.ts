/** What a container says about its tracks: a browser that decodes only the sound of a video does not report that there is more. */

/** A video's list of tracks takes kilobytes per minute. Bytes. */
const LARGEST_MOOV = 2 ** 26;
/** Matroska's tracks come before its frames. Bytes. */
const MATROSKA_HEAD = 2 ** 20;

const textOf = async (blob: Blob) => new TextDecoder('latin1').decode(await blob.arrayBuffer());

/** The box 'moov' of an MP4 or MOV, wherever it is; undefined if there is none. */
async function moovOf(file: Blob): Promise<Blob | undefined> {
  for (let at = 0; at + 16 <= file.size; ) {
    const head = new DataView(await file.slice(at, at + 16).arrayBuffer());
    const short = head.getUint32(0);
    const size = short === 1 ? Number(head.getBigUint64(8)) : short || file.size - at; // 1: a long size follows; 0: to the end
    if (size < 8) return undefined;
    if (head.getUint32(4) === 0x6d6f6f76) return file.slice(at, at + Math.min(size, LARGEST_MOOV));
    at += size;
  }
  return undefined;
}

/** Whether a file whose container is a video's has a video track. Rejects if it cannot be read. */
export async function hasVideoTrack(file: Blob): Promise<boolean> {
  const head = await textOf(file.slice(0, 4));
  if (head === '\x1aEß£') return /V_[A-Z0-9]+/.test(await textOf(file.slice(0, MATROSKA_HEAD)));
  const moov = await moovOf(file);
  return moov !== undefined && /hdlr.{8}vide/s.test(await textOf(moov));
}
