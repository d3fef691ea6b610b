import type { AnnotatedImage } from '../document';
import { baseName } from './paths';
import { provenanceOf } from './provenance';
import { type Split, splitOfFolders } from './split';

/** FNV-1a of the text's 16-bit units, 0..1. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b); // FNV's high bits hardly change with the last letters
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
}

const VIDEO_FRAME = /^(.*?)[-_. ]*(?:\.(?:mp4|mov|m4v|avi|mkv|webm)|frame)[-_. ]*\d+$/i;

/** Images that have to stay together: those of a folder, and the frames of a video. `names`: without extensions. */
function groups(names: readonly string[]): string[] {
  const folders = names.map((name) => name.slice(0, name.lastIndexOf('/') + 1));
  const oneFolder = new Set(folders).size === 1;
  return names.map((name, i) => {
    const video = VIDEO_FRAME.exec(baseName(name))?.[1];
    if (video !== undefined) return `${folders[i]}${video}`;
    return oneFolder || folders[i] === '' ? name : (folders[i] ?? name);
  });
}

/**
 * The split of each image for an export; undefined for all of them if there is nothing to split.
 *
 * Splits that came with the images are kept. If no validation images came, `share` (0..1) of the training images, and of those without a
 * split, become validation images. They are chosen by a hash of the name, so that adding images does not change the others, and by whole
 * folders and videos, whose images are too much alike to train on some and validate on others.
 */
export function splitsOf(images: readonly Pick<AnnotatedImage, 'name' | 'foreign'>[], share: number): (Split | undefined)[] {
  const came = images.map((image) => provenanceOf(image).split ?? splitOfFolders(image.name));
  if (share <= 0 || came.includes('val')) {
    return came.some((split) => split !== undefined) ? came.map((split) => split ?? 'train') : came;
  }
  const onlyTest = came.every((split) => split === 'test'); // more likely a folder that happens to be called that
  const free = came.flatMap((split, i) => (onlyTest || split !== 'test' ? [i] : []));
  const names = groups(free.map((i) => (images[i]?.name ?? '').replace(/\.[^./]*$/, '')));
  const hashes = new Map(names.map((name) => [name, hash(name)]));
  const ordered = [...hashes].sort(([, a], [, b]) => a - b);
  const below = ordered.filter(([, value]) => value < share).length;
  const count = ordered.length > 1 ? Math.min(ordered.length - 1, Math.max(1, below)) : 0; // neither is empty
  const validation = new Set(ordered.slice(0, count).map(([name]) => name));
  const splits: (Split | undefined)[] = [...came];
  free.forEach((image, i) => {
    splits[image] = validation.has(names[i] ?? '') ? 'val' : 'train';
  });
  return splits;
}
