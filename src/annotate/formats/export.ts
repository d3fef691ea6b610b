import type { AnnotatedImage } from '../document';
import type { Format } from './format';
import { withoutEnding } from './match';
import { type SizedImage, sized } from './notes';
import { IMAGES } from './yolo/write';

/** One file of an export: a text, or the file of an image. */
export type ExportEntry =
  | { readonly path: string; readonly text: string }
  /** image: its id in the session. */
  | { readonly path: string; readonly image: number };

/** The files of an export, one after the other, so that only one has to be in memory at a time. */
export function* exportEntries(
  images: readonly AnnotatedImage[],
  format: Format,
  withImages: boolean,
  created: Date,
): Generator<ExportEntry> {
  const named = withPaths(sized(images));
  yield* format.write(named, created);
  if (withImages) for (const { id, name } of named) yield { path: IMAGES + name, image: id };
}

/**
 * Names that are paths inside a folder and differ even without their endings, as YOLO's label files do: of a.jpg and a.png the second
 * becomes a-png.png. The others keep their names.
 */
function withPaths(images: readonly SizedImage[]): SizedImage[] {
  const taken = new Set<string>();
  return images.map((image) => {
    const inside = image.name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    if (`${inside[0]}/` === IMAGES && inside.length > 1) inside.shift(); // of an export that was opened again
    const name = inside.join('/') || 'image';
    const ending = name.slice(withoutEnding(name).length);
    let stem = withoutEnding(name);
    if (taken.has(stem)) stem += `-${ending.slice(1)}`;
    while (taken.has(stem)) stem += '-2';
    taken.add(stem);
    return { ...image, name: stem + ending };
  });
}
