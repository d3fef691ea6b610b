import type { AnnotatedImage } from '../document';
import { ReadContext, type ReadOptions } from './context';
import { sized } from './notes';
import { type PlacedImage, placed } from './placed';
import type { Imported } from './problem';

/** For tests: the user has not been asked anything. */
export const UNASKED: ReadOptions = { joints: {}, byName: false };

/** For tests: the images as placed by an export without image files or splits. */
export const inPlace = (images: readonly AnnotatedImage[]): PlacedImage[] => placed(sized(images), 0, false);

export const contextOf = (images: ConstructorParameters<typeof ReadContext>[0], options = UNASKED) =>
  new ReadContext(images, options);

/** For tests: the result, which must have no problems or questions. */
export function soundly(read: Imported | undefined): Imported {
  if (!read || read.problems.length > 0 || read.question) throw new Error(JSON.stringify(read));
  return read;
}
