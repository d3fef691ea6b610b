import type { Size } from '../pose/roi';

/** A JPEG's size comes after its metadata, which may contain large previews. Bytes. */
export const HEADER_BYTES = 2 ** 20;

const PNG = 0x89504e47;
const [SOF_FIRST, SOF_LAST] = [0xc0, 0xcf];
/** DHT, JPG and DAC have numbers in the range of the frame headers, but are not frame headers. */
const NO_SOF = [0xc4, 0xc8, 0xcc];

function jpegSize(view: DataView): Size | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker >= SOF_FIRST && marker <= SOF_LAST && !NO_SOF.includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/**
 * The size that a PNG or JPEG claims, before EXIF orientation; undefined for other formats and broken headers. Browsers refuse images far
 * beyond their memory without saying why, so the size must be known without their help.
 */
export function headerSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 24) return undefined;
  if (view.getUint32(0) === PNG) return { width: view.getUint32(16), height: view.getUint32(20) };
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
}

function webpSize(view: DataView): Size | undefined {
  const wide = (at: number) => (view.getUint16(at, true) | (view.getUint8(at + 2) << 16)) + 1;
  const kind = view.getUint32(12);
  if (kind === 0x56503858 && view.byteLength >= 30) return { width: wide(24), height: wide(27) }; // VP8X
  if (kind === 0x5650384c && view.byteLength >= 25) {
    const bits = view.getUint32(21, true); // VP8L: 14 bits each, minus one
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== 0x56503820 || view.byteLength < 30) return undefined;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** The largest of an AVIF's or HEIC's images (others are tiles, masks and thumbnails): each has a box 'ispe'. */
function isoSize(bytes: Uint8Array, view: DataView): Size | undefined {
  let size: Size = { width: 0, height: 0 };
  for (let at = bytes.indexOf(0x69); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(0x69, at + 1)) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (width * height > size.width * size.height) size = { width, height };
  }
  return size.width > 0 ? size : undefined;
}

/** Like headerSize, also for WebP, AVIF, HEIC, GIF and BMP; the visible image may be a crop of this size. */
export function claimedSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 26) return undefined;
  if (view.getUint32(8) === 0x57454250) return webpSize(view);
  if (view.getUint32(4) === 0x66747970) return isoSize(bytes, view);
  if (view.getUint32(0) === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (view.getUint16(0) === 0x424d) return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
  return headerSize(bytes);
}

/**
 * The size after EXIF orientation in the file's own pixels. shown: what an <img> reports, already rotated, but possibly measured in other
 * pixels (metadata may give a resolution); claimed: what the header says, not rotated.
 */
export function uprightSize(shown: Size, claimed: Size | undefined): Size {
  if (!claimed || claimed.width * claimed.height === 0) return shown;
  const turned = shown.width > shown.height !== claimed.width > claimed.height && claimed.width !== claimed.height;
  return turned ? { width: claimed.height, height: claimed.width } : claimed;
}
