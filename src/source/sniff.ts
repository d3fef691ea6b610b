/** What a file is by its first bytes; its name and its MIME type are only claims. */
export type FileKind = 'empty' | 'raster' | 'heic' | 'tiff' | 'raw' | 'svg' | 'pdf' | 'video' | 'unknown';

/** How much of the file is read. Bytes. */
export const SNIFF_BYTES = 512;

const HEIF_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];
const RAW_BRANDS = ['crx '];

const SIGNATURES: readonly (readonly [number, string, FileKind])[] = [
  [0, '\xff\xd8\xff', 'raster'], // JPEG
  [0, '\x89PNG\r\n\x1a\n', 'raster'],
  [0, 'GIF8', 'raster'],
  [8, 'WEBP', 'raster'],
  [0, 'BM', 'raster'], // BMP
  [0, '\x00\x00\x01\x00', 'raster'], // ICO
  [0, '\xff\x0a', 'raster'], // JPEG XL, bare
  [4, 'JXL \r\n\x87\n', 'raster'], // JPEG XL, boxed
  [8, 'CR\x02', 'raw'], // Canon CR2 wears TIFF's header
  [0, 'FUJIFILMCCD-RAW', 'raw'],
  [0, 'IIRO', 'raw'], // Olympus
  [0, 'II*\0', 'tiff'],
  [0, 'MM\0*', 'tiff'],
  [0, '%PDF', 'pdf'],
  [0, '\x1a\x45\xdf\xa3', 'video'], // Matroska, WebM
  [8, 'AVI ', 'video'],
];

/** The kind of an ISO media file (HEIC, AVIF, MP4) from its brands. */
function isoKind(head: string): FileKind {
  const length = Math.max(16, Math.min(head.length, head.charCodeAt(2) * 256 + head.charCodeAt(3)));
  const brands = [head.slice(8, 12), ...(head.slice(16, length).match(/.{4}/gs) ?? [])];
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'raster';
  if (brands.some((brand) => HEIF_BRANDS.includes(brand))) return 'heic';
  return brands.some((brand) => RAW_BRANDS.includes(brand)) ? 'raw' : 'video';
}

/** Tells a file's kind from its first bytes (512 are enough). raster: a browser may be able to decode it. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  const head = String.fromCharCode(...bytes.subarray(0, SNIFF_BYTES)); // not TextDecoder('latin1'): that one is windows-1252
  if (head.startsWith('ftyp', 4)) return isoKind(head);
  const known = SIGNATURES.find(([offset, signature]) => head.startsWith(signature, offset));
  if (known) return known[2];
  return /^\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/is.test(head.replace('\xef\xbb\xbf', ''))
    ? 'svg'
    : 'unknown';
}
