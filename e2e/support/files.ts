/** Small test files, made byte by byte. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Given } from './photo-page';

export const sample = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../public/samples/${name}`, import.meta.url)));

export const given = (name: string, mimeType: string, buffer: Buffer): Given => ({ name, mimeType, buffer });

export const jpegFile = (buffer: Buffer, name = 'photo.jpg'): Given => given(name, 'image/jpeg', buffer);

/** The same JPEG with an EXIF header that asks for a rotation (orientation 6: a quarter turn clockwise). */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from([
    ...[0xff, 0xe1, 0x00, 0x22],
    ...Buffer.from('Exif\0\0MM\0*', 'latin1'),
    ...[0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

/** A PNG header that claims a size, with almost nothing after it. */
export function hugePng(width: number, height: number): Buffer {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const body = Buffer.concat([Buffer.from('IHDR'), size, Buffer.from([8, 2, 0, 0, 0])]);
  return Buffer.concat([
    head,
    body.subarray(4),
    crc32(body),
    chunk('IDAT', Buffer.from([0x78, 0x9c])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([length, body, crc32(body)]);
}

function crc32(bytes: Buffer): Buffer {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const out = Buffer.alloc(4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return out;
}

export const HEIC = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(400)]);
