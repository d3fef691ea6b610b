/**
 * JPEGs that lack their end, as after an interrupted download: browsers show them in an <img>, but refuse them elsewhere. With the end
 * added they open, and missing pixels are grey.
 */

const END = 0xd9;
/** Cameras put previews and zeros after the end, so it is looked for among the last bytes first. */
const TAIL_BYTES = 2 ** 16;
const [SCAN, PROGRESSIVE, LAST_COEFFICIENT] = [0xda, 0xc2, 63];

/** The position of each marker of a kind. */
function* markers(bytes: Uint8Array, marker: number): Generator<number> {
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) if (bytes[at + 1] === marker) yield at;
}

const hasEnd = (bytes: Uint8Array): boolean => !markers(bytes, END).next().done;

/** The bytes from the first scan on. Segments before it are skipped by length: one may hold a preview, a JPEG with an end of its own. */
function scansOf(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at + 1] !== SCAN) at += bytes[at + 1] === 0xff ? 1 : 2 + view.getUint16(at + 2);
  return bytes.subarray(at);
}

/** Whether a file is a JPEG without its end. head: its first bytes. */
export async function lacksEnd(blob: Blob, head: Uint8Array): Promise<boolean> {
  if (head[0] !== 0xff || head[1] !== 0xd8) return false;
  const tail = blob.slice(Math.max(0, blob.size - TAIL_BYTES));
  if (hasEnd(new Uint8Array(await tail.arrayBuffer()))) return false;
  if (tail.size === blob.size) return true;
  return !hasEnd(scansOf(new Uint8Array(await blob.arrayBuffer()))); // a motion photo has a video after it
}

/**
 * Whether a progressive JPEG lacks more than a part of its last scan; false for others, whose end is the bottom of the image. Each of its
 * components has a last scan, which contains the last bit of the last coefficients.
 */
export async function lacksScans(blob: Blob): Promise<boolean> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const [frame] = markers(bytes, PROGRESSIVE);
  if (frame === undefined) return false;
  const finished = new Set<number | undefined>();
  for (const at of markers(bytes, SCAN)) {
    const components = bytes[at + 4] ?? 0;
    const [last, bits = 0] = bytes.subarray(at + 6 + 2 * components, at + 8 + 2 * components);
    if (components === 1 && last === LAST_COEFFICIENT && (bits & 15) === 0) finished.add(bytes[at + 5]);
  }
  return finished.size < (bytes[frame + 9] ?? 0);
}

export const withEnd = (blob: Blob): Blob => new Blob([blob, new Uint8Array([0xff, END])], { type: blob.type });

/** At most this share of the image's height may be missing. */
const MAX_MISSING = 0.1;
/** Differences that decoders leave in plain grey. */
const NEARLY = 2;
/** The grey itself, and how far a colour profile may move it. */
const [GREY, GREY_SPREAD] = [128, 24];

/** Whether an image shows something in the last tenth of its height, rather than only the grey of missing pixels. */
export function hasBottom(bitmap: ImageBitmap): boolean {
  const [width, height] = [64, 16];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return true;
  const part = Math.max(1, Math.floor(bitmap.height * MAX_MISSING));
  context.drawImage(bitmap, 0, bitmap.height - part, bitmap.width, part, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const colours = data.filter((_, i) => i % 4 !== 3);
  const plain = colours.every((value, i) => Math.abs(value - (colours[i % 3] ?? 0)) <= NEARLY);
  return !plain || colours.subarray(0, 3).some((value) => Math.abs(value - GREY) > GREY_SPREAD);
}
