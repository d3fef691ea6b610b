/**
 * Adds the missing edit list to an MP4 with B-frames. In such files the first frame is shown later than it is decoded. Chromium seeks
 * by one of these times but reports the other, so the frames before each key frame could not be reached.
 */
import { boxesOf, HEAD, MAX_MOOV_BYTES, type MediaBox, nameAt } from './media-boxes';

/** A fragmented file has many more, and needs another approach. */
const MAX_BOXES = 100;

/** The top-level boxes of a file; undefined if it does not end with one, so that another cannot follow, or has too many. */
async function allBoxesOf(file: Blob): Promise<MediaBox[] | undefined> {
  const boxes: MediaBox[] = [];
  for await (const box of boxesOf(file)) if (boxes.push(box) > MAX_BOXES) return undefined;
  return boxes.at(-1)?.to === file.size ? boxes : undefined;
}

/** The boxes inside a box. */
function* inside(view: DataView, { from, to }: Pick<MediaBox, 'from' | 'to'>): Generator<MediaBox> {
  for (let at = from + HEAD; at + HEAD <= to; ) {
    const size = view.getUint32(at);
    if (size < HEAD || at + size > to) return;
    yield { name: nameAt(view, at), from: at, to: at + size };
    at += size;
  }
}

const find = (view: DataView, within: MediaBox | undefined, name: string) =>
  within && [...inside(view, within)].find((box) => box.name === name);

/** The video track. */
const videoTrack = (view: DataView, moov: MediaBox) =>
  [...inside(view, moov)].find((box) => {
    const handler = box.name === 'trak' ? find(view, find(view, box, 'mdia'), 'hdlr') : undefined;
    return handler && nameAt(view, handler.from + HEAD + 4) === 'vide';
  });

/** Time scale and duration from a movie's or track's header (mvhd, mdhd). */
function clockOf(view: DataView, { from }: MediaBox): { readonly scale: number; readonly duration: number } {
  const isLong = view.getUint8(from + HEAD) === 1;
  const at = from + HEAD + (isLong ? 20 : 12);
  return { scale: view.getUint32(at), duration: isLong ? Number(view.getBigUint64(at + 4)) : view.getUint32(at + 4) };
}

/** How much later the first frame is shown than it is decoded, in the track's time scale. */
function firstDelay(view: DataView, track: MediaBox): number {
  const table = find(view, find(view, find(view, track, 'mdia'), 'minf'), 'stbl');
  const offsets = find(view, table, 'ctts');
  return offsets && offsets.to >= offsets.from + HEAD + 16 ? view.getInt32(offsets.from + HEAD + 12) : 0;
}

/** One edit: the whole track, from the first frame on. */
function editList(duration: number, start: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(36);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length);
  bytes.set(new TextEncoder().encode('edts'), 4);
  view.setUint32(8, bytes.length - HEAD);
  bytes.set(new TextEncoder().encode('elst'), 12);
  view.setUint32(20, 1); // entries
  view.setUint32(24, duration);
  view.setInt32(28, start);
  view.setUint16(32, 1); // at normal speed
  return bytes;
}

/**
 * Returns a file whose video has B-frames and no edit list with one added; any other file unchanged. Its frames stay where they are, and
 * only its moov is read: the new moov comes last, and the old one becomes free space. Rejects if the file cannot be read.
 */
export async function withEditList(file: Blob): Promise<Blob> {
  const boxes = (await allBoxesOf(file)) ?? [];
  const place = boxes.find(({ name }) => name === 'moov');
  if (!place || place.to - place.from > MAX_MOOV_BYTES) return file;
  const old = new Uint8Array(await file.slice(place.from, place.to).arrayBuffer());
  const view = new DataView(old.buffer);
  const moov: MediaBox = { name: 'moov', from: 0, to: old.length };
  const track = view.getUint32(0) === old.length && !find(view, moov, 'mvex') ? videoTrack(view, moov) : undefined;
  const [header, movie] = [find(view, track, 'tkhd'), find(view, moov, 'mvhd')];
  const media = find(view, find(view, track, 'mdia'), 'mdhd');
  if (!track || !header || !movie || !media || find(view, track, 'edts')) return file;
  const delay = firstDelay(view, track);
  if (delay <= 0) return file;
  const { scale, duration } = clockOf(view, media);
  const edit = editList(Math.round((duration * clockOf(view, movie).scale) / scale), delay);
  const grown = old.slice();
  for (const { from, to } of [moov, track]) new DataView(grown.buffer).setUint32(from, to - from + edit.length);
  const before = [file.slice(0, place.from + 4), 'free', file.slice(place.from + HEAD)];
  return new Blob([...before, grown.subarray(0, header.to), edit, grown.subarray(header.to)], { type: file.type });
}
