import type { Size } from '../pose/roi';

/** A JPEG's size stands behind its metadata; with large previews in them that may be far in. */
export const HEADER_BYTES = 2 ** 20;

const PNG = 0x89504e47;
const [SOF_FIRST, SOF_LAST] = [0xc0, 0xcf];
/** DHT, JPG and DAC lie among the frame headers' numbers and are none. */
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
 * The size that a PNG or JPEG claims, before EXIF orientation; undefined for other formats and broken heads. Browsers refuse images far
 * beyond their memory without a word, so the size must be known without them.
 */
export function headerSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 24) return undefined;
  if (view.getUint32(0) === PNG) return { width: view.getUint32(16), height: view.getUint32(20) };
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
}

/**
 * The size after EXIF orientation in the file's own pixels. shown: what an <img> says, turned already, but perhaps counted in other pixels
 * (metadata may give a resolution); claimed: what the header says, not turned.
 */
export function uprightSize(shown: Size, claimed: Size | undefined): Size {
  if (!claimed || claimed.width * claimed.height === 0) return shown;
  const turned = shown.width > shown.height !== claimed.width > claimed.height && claimed.width !== claimed.height;
  return turned ? { width: claimed.height, height: claimed.width } : claimed;
}
