import { expectedOks } from '../pose/oks';
import { DISPLAY_THRESHOLD, toCocoKeypoints } from '../pose/pose';
import { boxFromPose } from '../pose/roi';
import { COCO_COUNT, JOINTS } from '../pose/skeleton';
import type { NodeEstimate } from './index';

/** What was found in one file. */
export interface Found extends NodeEstimate {
  readonly file: string;
}

/** A COCO keypoint file of everybody who was found. Joints below the display threshold count as unlabelled. */
export function cocoOf(found: readonly Found[]): object {
  const images = found.map(({ file, width, height }, i) => ({ id: i + 1, file_name: file, width, height }));
  const annotations = found
    .flatMap(({ people }, i) => people.map((person) => ({ ...person, image_id: i + 1 })))
    .map(({ pose, score, image_id }, i) => {
      const keypoints = toCocoKeypoints(pose, DISPLAY_THRESHOLD);
      const box = boxFromPose(pose, DISPLAY_THRESHOLD, 1) ?? { x: 0, y: 0, width: 0, height: 0 };
      const bbox = [box.x, box.y, box.width, box.height];
      const num_keypoints = keypoints.filter((value, k) => k % 3 === 2 && value > 0).length;
      return {
        id: i + 1,
        image_id,
        category_id: 1,
        keypoints,
        num_keypoints,
        bbox,
        area: box.width * box.height,
        score: score * expectedOks(pose), // by which evaluation tools rank people
        iscrowd: 0,
      };
    });
  const categories = [{ id: 1, name: 'person', supercategory: 'person', keypoints: JOINTS.slice(0, COCO_COUNT) }];
  return { images, annotations, categories };
}
