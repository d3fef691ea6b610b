import type { Size } from '../../pose/roi';
import { isFiniteNumber, shown } from './fields';

/**
 * What is wrong with the size that a file gives for an image, in a sentence, or undefined. Labels made on another size do not fit: a file
 * with width and height exchanged was labelled before EXIF orientation.
 */
export function sizeComplaint(declared: { width: unknown; height: unknown }, actual: Size | undefined): string | undefined {
  const { width, height } = declared;
  if (!isFiniteNumber(width) || !isFiniteNumber(height) || width <= 0 || height <= 0) {
    return `width and height have to be numbers above 0; here they are ${shown(width)} and ${shown(height)}.`;
  }
  if (!actual || (width === actual.width && height === actual.height)) return undefined;
  const sizes = `The file says ${width} x ${height} pixels, but the image has ${actual.width} x ${actual.height}`;
  const turned = width === actual.height && height === actual.width;
  return turned
    ? `${sizes}: it was labelled lying on its side, without the image's EXIF orientation.`
    : `${sizes}: it was labelled on another copy of the image.`;
}
