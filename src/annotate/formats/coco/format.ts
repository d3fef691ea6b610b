import { categoriesOf } from '../categories';
import type { Format } from '../format';
import { COCO_READER } from './read';
import { cocoFile, type JointCount } from './write';

/** One file, or one for each split. */
const coco = (joints: JointCount, hint: string): Format => ({
  id: `coco-${joints}`,
  label: `COCO, ${joints} joints`,
  hint,
  extension: 'json',
  mime: 'application/json',
  splits: true,
  *write(images, created, flagged = []) {
    const categories = categoriesOf(images); // those of all splits: otherwise each file might number them differently
    const splits = [...new Set(images.map((image) => image.split))];
    for (const [i, split] of splits.entries()) {
      const part = images.filter((image) => image.split === split);
      const path = `coco-${joints}${split ? `-${split}` : ''}.json`;
      const file = cocoFile(part, joints, created, categories, i === 0 ? flagged : []);
      yield { path, text: JSON.stringify(file) };
    }
  },
  read: COCO_READER,
});

export const COCO_17 = coco(
  17,
  'Keypoints as other tools expect them; without neck, head top, drafts or review status (accepted, flagged).',
);
export const COCO_19 = coco(
  19,
  'Keypoints with neck and head top. Holds the whole session: to resume it elsewhere, drop this file together with the images.',
);
