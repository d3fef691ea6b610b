import type { Size } from '../../pose/roi';
import { isFiniteNumber, shown } from './fields';

/** A labelled point, used to tell in which orientation an image was labelled. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * What is wrong with the size that a file gives for an image, as a sentence, or undefined. Labels made on another size do not fit. A file
 * with width and height swapped was labelled before EXIF orientation was applied, or gives the stored size for labels that were made on the
 * upright image: its labels tell which. A file that gives no size is trusted.
 */
export function sizeComplaint(
  declared: { width: unknown; height: unknown },
  actual: Size | undefined,
  places: readonly Place[],
): string | undefined {
  const { width, height } = declared;
  if (!isGiven(width) && !isGiven(height)) return undefined;
  if (!isFiniteNumber(width) || !isFiniteNumber(height) || width <= 0 || height <= 0) {
    return `width and height must be numbers above 0, but here they are ${shown(width)} and ${shown(height)}.`;
  }
  if (!actual || (width === actual.width && height === actual.height)) return undefined;
  const sizes = `The file says ${width} × ${height} pixels, but the image has ${actual.width} × ${actual.height}`;
  if (width !== actual.height || height !== actual.width) return `${sizes}: it was labelled on another copy of the image.`;
  const inside = (size: Size) => places.every(({ x, y }) => x <= size.width && y <= size.height);
  const [lying, upright] = [inside({ width, height }), inside(actual)];
  if (upright && (!lying || places.length === 0)) return undefined;
  return lying && !upright
    ? `${sizes}: it was labelled without applying the image's EXIF orientation.`
    : `${sizes}. It is unclear whether the EXIF orientation was applied when the image was labelled.`;
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== 0;

/** Whether width and height are swapped. */
export const isTurned = ({ width, height }: { width: unknown; height: unknown }, actual: Size | undefined): boolean =>
  actual !== undefined && actual.width !== actual.height && width === actual.height && height === actual.width;

export const turnedNote = (images: number) =>
  `The file has width and height swapped for ${images === 1 ? 'one image' : `${images} images`}; the labels fit the images as they are shown.`;
