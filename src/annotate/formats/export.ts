import type { AnnotatedImage } from '../document';
import type { Format } from './format';
import { sized } from './notes';
import { placed } from './placed';

/** One file of an export: text, or an image file. */
export type ExportEntry =
  | { readonly path: string; readonly text: string }
  /** image: its id in the session. */
  | { readonly path: string; readonly image: number };

export interface ExportOptions {
  /** Includes the image files. */
  readonly withImages: boolean;
  /** The share of images for validation, 0..1, if none came in as such and the format keeps them apart. */
  readonly validation: number;
  readonly created: Date;
  /** Names of images that are not among those, because they have no draft yet, but were flagged. */
  readonly flagged?: readonly string[];
}

/** The files of an export, one after the other, so that only one has to be in memory at a time. */
export function* exportEntries(
  images: readonly AnnotatedImage[],
  format: Format,
  { withImages, validation, created, flagged }: ExportOptions,
): Generator<ExportEntry> {
  const inPlace = placed(sized(images), format.splits ? validation : 0, withImages);
  yield* format.write(inPlace, created, flagged);
  if (withImages) for (const { id, path } of inPlace) yield { path: `images/${path}`, image: id };
}
