import type { JointCount } from '../coco/write';
import type { Format } from '../format';
import { readYoloFiles } from './read';
import { labelPath, yoloLabels, yoloYaml } from './write';

const yolo = (joints: JointCount, hint: string): Format => ({
  id: `yolo-${joints}`,
  label: `YOLO-pose, ${joints} joints`,
  hint,
  extension: 'zip',
  mime: 'application/zip',
  *write(images) {
    yield { path: 'data.yaml', text: yoloYaml(joints) };
    for (const image of images) yield { path: labelPath(image.name), text: yoloLabels(image, joints) };
  },
  read: readYoloFiles,
});

export const YOLO_17 = yolo(17, 'A zip of data.yaml and a label file for each image, to train on; without drafts and verdicts.');
export const YOLO_19 = yolo(19, 'The same with neck and head top.');
