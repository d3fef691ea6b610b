import type { Size } from '../../pose/roi';
import { type AnnotatedImage, type ImageDocument, isCrowd, type Label, type Subject } from '../document';

/** Included in every file that has room for it. */
export const COORDINATES =
  'Pixels of the original image file after its EXIF orientation has been applied, pixel-edge: x runs from 0 to the width, y from 0 to the ' +
  'height, and the centre of the first pixel is (0.5, 0.5). Labels are written as they were set or imported; nothing is added to them.';

/** An image whose size is known. */
export type SizedImage = AnnotatedImage & { readonly size: Size };

/** Images that can be exported: one that was neither decoded nor measured for an import has no size, and no labels. */
export function sized(images: readonly AnnotatedImage[]): SizedImage[] {
  return images.filter((image): image is SizedImage => image.size !== undefined);
}

/** Whether the label has a position. */
export const labelled = (label: Label): boolean => label.visibility > 0;

/** Everybody who is labelled individually. Formats other than COCO cannot express crowds. */
export const peopleOf = (document: ImageDocument): readonly Subject[] => document.subjects.filter((subject) => !isCrowd(subject));
