import { COCO_19 } from './coco/format';
import type { Reader, TextFile } from './format';
import type { KnownImage } from './match';
import { isYaml, labelFiles } from './names';
import type { Imported, MissingImages } from './problem';
import { YOLO_19 } from './yolo/format';

/** Reads COCO or YOLO-pose labels, whichever was given; undefined if there are none. Nothing is half-read. */
export function readLabels(
  given: readonly TextFile[],
  images: readonly KnownImage[],
  missing: MissingImages,
): Imported | undefined {
  const files = labelFiles(given);
  const read: Reader | undefined = (files.some(isYaml) ? YOLO_19 : COCO_19).read;
  return files.length > 0 ? read?.(files, images, missing) : undefined;
}
