import type { Format } from '../format';
import { readCocoFiles } from './read';
import { cocoFile, type JointCount } from './write';

const coco = (joints: JointCount, hint: string): Format => ({
  id: `coco-${joints}`,
  label: `COCO, ${joints} joints`,
  hint,
  extension: 'json',
  mime: 'application/json',
  *write(images, created) {
    yield { path: `coco-${joints}.json`, text: JSON.stringify(cocoFile(images, joints, created)) };
  },
  read: readCocoFiles,
});

export const COCO_17 = coco(17, 'Key points as other tools expect them; without neck and head top, drafts and verdicts.');
export const COCO_19 = coco(19, 'Key points with neck and head top. Holds the whole session: drop it here to resume.');
