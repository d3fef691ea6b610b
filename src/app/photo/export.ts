import type { ModelInfo } from '../../engine/protocol';
import { toCocoKeypoints } from '../../pose/pose';
import type { Size } from '../../pose/roi';
import { COCO_COUNT, JOINTS } from '../../pose/skeleton';
import type { Person } from './people';

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * The people as an object for JSON. Coordinates: pixels of the photo after EXIF orientation, pixel-edge (the centre of the first
 * pixel is 0.5). score: how likely somebody is there; keypoints: all 19 with their scores; coco_keypoints: COCO's flat 17 x (x, y, v),
 * unlabelled where the score is below the threshold, which the document states.
 */
export function poseDocument(
  name: string,
  image: Size,
  people: readonly Person[],
  threshold: number,
  model: ModelInfo | undefined,
) {
  return {
    image: { file_name: name, width: image.width, height: image.height },
    coordinates: 'pixels of the image after EXIF orientation; the centre of the first pixel is (0.5, 0.5)',
    model: model?.name ?? null,
    coco_joints: JOINTS.slice(0, COCO_COUNT),
    coco_threshold: threshold,
    people: people.map(({ result: { score, pose } }) => ({
      score: round(score, 4),
      keypoints: pose.map(({ x, y, score }, i) => ({ name: JOINTS[i], x: round(x, 2), y: round(y, 2), score: round(score, 4) })),
      coco_keypoints: toCocoKeypoints(pose, threshold).map((value) => round(value, 2)),
    })),
  };
}
