/** What a container says about its tracks: a browser that decodes only the sound of a video does not report that there is more. */
import { boxesOf, MAX_MOOV_BYTES } from './media-boxes';

/** Matroska's tracks come before its frames. Bytes. */
const MATROSKA_HEAD = 2 ** 20;

const textOf = async (blob: Blob) => new TextDecoder('latin1').decode(await blob.arrayBuffer());

/** The box 'moov' of an MP4 or MOV, wherever it is; undefined if there is none. */
async function moovOf(file: Blob): Promise<Blob | undefined> {
  for await (const { name, from, to } of boxesOf(file)) {
    if (name === 'moov') return file.slice(from, Math.min(to, from + MAX_MOOV_BYTES));
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
