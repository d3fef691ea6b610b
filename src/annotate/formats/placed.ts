import { splitsOf } from './assign-splits';
import type { SizedImage } from './notes';
import { withoutExtension } from './paths';
import { provenanceOf } from './provenance';
import { type Split, splitOfFolder } from './split';

/** An image as exported. `name` is its name in the export's files, unique within its split. */
export type PlacedImage = SizedImage & {
  readonly split: Split | undefined;
  /** Its name in a single file of all splits: unique among all images. */
  readonly soleName: string;
  /**
   * Its path in the export's folder of images: unique even without its extension, because YOLO's label files are named after it. No folder
   * in it is called `images`: Ultralytics looks for labels where the last `/images/` of the image's path becomes `/labels/`.
   */
  readonly path: string;
};

/** The images of an export in their places. validation: the share of validation images, 0..1. packed: the export has the image files. */
export function placed(images: readonly SizedImage[], validation: number, packed: boolean): PlacedImage[] {
  const splits = splitsOf(images, validation);
  const inner = withoutRoot(images.map(({ name }, i) => partsOf(name, splits[i])));
  const taken = new Set<string>();
  const names = images.map((image) => provenanceOf(image).fileName ?? image.name);
  const inSplit = usesOf(images.map((_, i) => `${splits[i]}:${names[i]}`));
  const inAll = usesOf(names);
  const wanted = images.map((_, i) => `${splits[i] ? `${splits[i]}/` : ''}${inner[i]?.join('/') || 'image'}`);
  // Images that keep their extension choose first: b.jfif must not take the name of b.jpg.
  const paths = new Map<number, string>();
  for (const kept of [true, false])
    for (const [i, path] of wanted.entries())
      if ((packedName(path) === path) === kept) paths.set(i, unique(packedName(path), taken));
  return images.map((image, i) => {
    const split = splits[i];
    const path = paths.get(i) ?? 'image';
    const nameFor = (uses: readonly number[]) => (packed ? path : uses[i] === 1 ? (names[i] ?? image.name) : image.name);
    return { ...image, split, path, name: nameFor(inSplit), soleName: nameFor(inAll) };
  });
}

/** The name of an image file in an export: a .jfif file is a JPEG file, and some trainers know it only as .jpg. */
export const packedName = (name: string): string => name.replace(/\.jfif$/i, '.jpg');

/** The images under the names for one file of all splits. */
export const underSoleNames = (images: readonly PlacedImage[]): SizedImage[] =>
  images.map((image) => ({ ...image, name: image.soleName }));

/** For each key, how often it occurs among them. */
function usesOf(keys: readonly string[]): number[] {
  const uses = new Map<string, number>();
  for (const key of keys) uses.set(key, (uses.get(key) ?? 0) + 1);
  return keys.map((key) => uses.get(key) ?? 0);
}

/** The parts of a path, without folders that would only repeat the export's own folders. */
function partsOf(name: string, split: Split | undefined): string[] {
  const parts = name.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..' && !/^[a-z]:$/i.test(part));
  return parts.filter((part, i) => {
    if (i === parts.length - 1) return true;
    return part.toLowerCase() !== 'images' && (split === undefined || splitOfFolder(part) !== split);
  });
}

/** The paths without the folders that all of them share. */
function withoutRoot(paths: readonly (readonly string[])[]): string[][] {
  const [first = []] = paths;
  let depth = 0;
  while (paths.every((path) => path.length > depth + 1 && path[depth] === first[depth])) depth += 1;
  return paths.map((path) => path.slice(paths.length > 0 ? depth : 0));
}

/** The path, with a suffix added to its stem if that is taken: of a.jpg and a.png, the second becomes a-png.png. */
function unique(path: string, taken: Set<string>): string {
  const key = (stem: string) => stem.normalize('NFC').toLowerCase(); // some file systems see no difference
  let stem = withoutExtension(path);
  const extension = path.slice(stem.length);
  if (taken.has(key(stem))) stem += `-${extension.slice(1)}`;
  while (taken.has(key(stem))) stem += '-2';
  taken.add(key(stem));
  return stem + extension;
}
