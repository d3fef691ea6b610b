import { expect, it } from 'vitest';
import { hasVideoTrack } from './tracks';

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const box = (name: string, content: string) => {
  const size = content.length + 8;
  return `${String.fromCharCode(size >> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255)}${name}${content}`;
};
const track = (kind: string) => box('trak', box('hdlr', `\0\0\0\0\0\0\0\0${kind}`));
const ftyp = box('ftyp', 'qt  \0\0\0\0qt  ');

it.each([
  [
    'sound and images, behind the media',
    `${ftyp}${box('mdat', '.'.repeat(500))}${box('moov', track('soun') + track('vide'))}`,
    true,
  ],
  ['sound alone', `${ftyp}${box('moov', track('soun'))}${box('mdat', 'hdlr........vide')}`, false],
  ['images, in a box that reaches to the end', `${ftyp}\0\0\0\0moov${track('vide')}`, true],
  ['Matroska with images', '\x1a\x45\xdf\xa3 A_AAC V_MPEGH/ISO/HEVC', true],
  ['Matroska with sound alone', '\x1a\x45\xdf\xa3 A_OPUS', false],
  ['a file cut short', `${ftyp}\0\0\x10`, false],
])('detects whether a container has a video track: %s', async (_, content, has) => {
  expect(await hasVideoTrack(new Blob([bytes(content)]))).toBe(has);
});
