import type { JointCount } from '../coco/write';
import type { Format } from '../format';
import { YOLO_READER } from './read';
import { labelPath, yoloClasses, yoloLabels, yoloYaml } from './write';

/** Ultralytics, `IMG_FORMATS` in ultralytics/data/utils.py, several versions together. */
const OPENED = /\.(avif|bmp|dng|hei[cf]|jp2|jpe?g|mpo|pfm|png|tiff?|webp)$/i;

const yolo = (joints: JointCount, hint: string): Format => ({
  id: `yolo-${joints}`,
  label: `YOLO-pose, ${joints} joints`,
  hint,
  extension: 'zip',
  mime: 'application/zip',
  splits: true,
  opens: OPENED,
  *write(images) {
    const classes = yoloClasses(images);
    yield { path: 'data.yaml', text: yoloYaml(new Set(images.map(({ split }) => split)), classes, joints) };
    for (const image of images) yield { path: labelPath(image.path), text: yoloLabels(image, classes, joints) };
  },
  read: YOLO_READER,
});

export const YOLO_17 = yolo(
  17,
  'A zip for training: data.yaml and a label file for each image; without drafts or review status.',
);
export const YOLO_19 = yolo(19, 'The same, with neck and head top.');
