/**
 * What a file is, judged by its first bytes; its name and its MIME type are only claims. raster: a browser may be able to decode it. other-image: no
 * browser can.
 */
export type FileKind =
  | 'empty'
  | 'raster'
  | 'heic'
  | 'tiff'
  | 'raw'
  | 'other-image'
  | 'svg'
  | 'pdf'
  | 'video'
  | 'sound'
  | 'zip'
  | 'archive' // of another kind
  | 'unknown';

/** What users call an image, whether or not a browser opens it. */
export const IMAGE_KINDS: readonly FileKind[] = ['raster', 'heic', 'tiff', 'raw', 'other-image', 'svg'];

/** How much of the file is read. Bytes. */
export const SNIFF_BYTES = 512;

const HEIF_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];
const RAW_BRANDS = ['crx '];
const SOUND_BRANDS = ['M4A ', 'M4B ', 'M4P '];
/** Boxes with which an old QuickTime video, which names no brands, begins. */
const QUICKTIME = ['moov', 'mdat', 'wide', 'free', 'skip'];

const SIGNATURES: readonly (readonly [number, string, FileKind])[] = [
  [0, '\xff\xd8\xff', 'raster'], // JPEG
  [0, '\x89PNG\r\n\x1a\n', 'raster'],
  [0, 'GIF8', 'raster'],
  [8, 'WEBP', 'raster'],
  [0, 'BM', 'raster'], // BMP
  [0, '\x00\x00\x01\x00', 'raster'], // ICO
  [0, '\xff\x0a', 'raster'], // JPEG XL, bare
  [4, 'JXL \r\n\x87\n', 'raster'], // JPEG XL, boxed
  [8, 'CR\x02', 'raw'], // Canon CR2 has TIFF's header
  [0, 'FUJIFILMCCD-RAW', 'raw'],
  [0, 'IIRO', 'raw'], // Olympus
  [0, 'II*\0', 'tiff'],
  [0, 'MM\0*', 'tiff'],
  [0, 'II+\0', 'tiff'], // BigTIFF
  [0, 'MM\0+', 'tiff'],
  [4, 'jP  \r\n\x87\n', 'other-image'], // JPEG 2000, boxed
  [0, '\xff\x4f\xff\x51', 'other-image'], // JPEG 2000, bare
  [0, 'II\xbc\x01', 'other-image'], // JPEG XR
  [0, '8BPS', 'other-image'], // Photoshop
  [0, 'gimp xcf', 'other-image'],
  [0, 'v/1\x01', 'other-image'], // OpenEXR
  [0, '#?RADIANCE', 'other-image'],
  [0, '#?RGBE', 'other-image'],
  [0, 'DDS ', 'other-image'],
  [0, 'qoif', 'other-image'],
  [0, 'BPG\xfb', 'other-image'],
  [0, 'icns', 'other-image'],
  [0, 'SIMPLE  =', 'other-image'], // FITS
  [0, 'AT&TFORM', 'other-image'], // DjVu
  [0, '%!PS', 'other-image'], // EPS
  [128, 'DICM', 'other-image'], // DICOM
  [0, '%PDF', 'pdf'],
  [0, '\x1a\x45\xdf\xa3', 'video'], // Matroska, WebM
  [8, 'AVI ', 'video'],
  [0, 'FLV\x01', 'video'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'video'], // WMV
  [0, '\0\0\x01\xba', 'video'], // MPEG
  [0, '\0\0\x01\xb3', 'video'],
  [0, 'ID3', 'sound'],
  [0, 'fLaC', 'sound'],
  [8, 'WAVE', 'sound'],
  [8, 'AIFF', 'sound'],
  [8, 'AIFC', 'sound'],
  [0, '#!AMR', 'sound'],
  [0, 'MThd', 'sound'],
  [0, '\x1f\x8b', 'archive'], // gzip
  [0, '7z\xbc\xaf\x27\x1c', 'archive'],
  [0, 'Rar!\x1a\x07', 'archive'],
  [257, 'ustar', 'archive'], // tar
];

/** Formats without a fixed signature. */
const PATTERNS: readonly (readonly [RegExp, FileKind])[] = [
  [/^P[1-7]\s+[#\d]|^P[Ff]\s+\d|^P7\s+WIDTH/, 'other-image'], // PBM, PGM, PPM, PAM, PFM
  [/^PK[^ -~\s]/, 'zip'], // no letter follows
  [/^OggS.*theora/s, 'video'],
  [/^OggS/, 'sound'],
  [/^\xff[\xf1-\xf3\xf9-\xfb]/, 'sound'], // MP3, AAC
  [/^G.{187}G.{187}G/s, 'video'], // MPEG transport stream
  [/^.{4}G.{191}G/s, 'video'], // the same from a camcorder (M2TS)
];

/** The kind of an ISO media file (HEIC, AVIF, MP4) from its brands. */
function isoKind(head: string): FileKind {
  const length = Math.max(16, Math.min(head.length, head.charCodeAt(2) * 256 + head.charCodeAt(3)));
  const brands = [head.slice(8, 12), ...(head.slice(16, length).match(/.{4}/gs) ?? [])];
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'raster';
  if (brands.some((brand) => HEIF_BRANDS.includes(brand))) return 'heic';
  if (brands.some((brand) => RAW_BRANDS.includes(brand))) return 'raw';
  return SOUND_BRANDS.includes(head.slice(8, 12)) ? 'sound' : 'video';
}

/** Identifies a file's kind by its first bytes (512 are enough). raster: a browser may be able to decode it. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  const head = String.fromCharCode(...bytes.subarray(0, SNIFF_BYTES)); // not TextDecoder('latin1'): that one is windows-1252
  if (head.startsWith('ftyp', 4)) return isoKind(head);
  const known = SIGNATURES.find(([offset, signature]) => head.startsWith(signature, offset));
  if (known) return known[2];
  if (QUICKTIME.includes(head.slice(4, 8))) return 'video';
  const like = PATTERNS.find(([pattern]) => pattern.test(head));
  if (like) return like[1];
  return /^\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE svg[^>[]*(\[.*?\]\s*)?>\s*)*<svg[\s>]/is.test(
    head.replace('\xef\xbb\xbf', ''),
  )
    ? 'svg'
    : 'unknown';
}

/** Reads a file's first bytes and identifies its kind. Rejects with the browser's error if the file cannot be read. */
export const kindOf = async (file: Blob): Promise<FileKind> =>
  fileKind(new Uint8Array(await file.slice(0, SNIFF_BYTES).arrayBuffer()));
