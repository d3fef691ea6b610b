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

/** .29 of 100 images is a little less than 29. */
const ROUNDING = 1e-6;

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
 * split, become validation images. They are chosen by a hash of the name, and by whole folders and videos, whose images are too much alike
 * to train on some and validate on others.
 */
export function splitsOf(images: readonly Pick<AnnotatedImage, 'name' | 'foreign'>[], share: number): (Split | undefined)[] {
  const came = images.map((image) => provenanceOf(image).split ?? splitOfFolders(image.name));
  if (share <= 0 || came.includes('val')) {
    return came.some((split) => split !== undefined) ? came.map((split) => split ?? 'train') : came;
  }
  const onlyTest = came.every((split) => split === 'test'); // more likely a folder that happens to be called that
  const free = came.flatMap((split, i) => (onlyTest || split !== 'test' ? [i] : []));
  const names = groups(free.map((i) => (images[i]?.name ?? '').replace(/\.[^./]*$/, '')));
  const validation = chosen(names, share);
  const splits: (Split | undefined)[] = [...came];
  free.forEach((image, i) => {
    splits[image] = validation.has(names[i] ?? '') ? 'val' : 'train';
  });
  return splits;
}

/**
 * The groups whose images become validation images. An image on its own is chosen by its hash alone, so that adding images does not move it.
 * Groups of several follow in the order of their hashes, each if it still fits into the share. names: of each image's group.
 */
function chosen(names: readonly string[], share: number): ReadonlySet<string> {
  const sizes = new Map<string, number>();
  for (const name of names) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const ordered = [...sizes].map(([name, size]) => ({ name, size, hash: hash(name) })).sort((a, b) => a.hash - b.hash);
  const validation = new Set(ordered.filter(({ size, hash }) => size === 1 && hash < share).map(({ name }) => name));
  let room = share * names.length - validation.size + ROUNDING;
  for (const { name, size } of ordered) {
    if (size === 1 || size > room) continue;
    validation.add(name);
    room -= size;
  }
  const [smallest, another] = ordered.toSorted((a, b) => a.size - b.size);
  if (smallest && another && validation.size === 0) validation.add(smallest.name); // neither part is empty
  if (validation.size === sizes.size) validation.delete(ordered.at(-1)?.name ?? '');
  return validation;
}
