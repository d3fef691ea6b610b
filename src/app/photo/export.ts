import type { ModelInfo } from '../../engine/protocol';
import { type Pose, poseScore, toCocoKeypoints } from '../../pose/pose';
import type { Size } from '../../pose/roi';
import { COCO_COUNT, JOINTS } from '../../pose/skeleton';

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * The poses as an object for JSON. Coordinates: pixels of the photo after EXIF orientation, pixel-edge (the centre of the first
 * pixel is 0.5). keypoints: all 19 with their scores; coco_keypoints: COCO's flat 17 x (x, y, v), below the threshold unlabelled.
 */
export function poseDocument(name: string, image: Size, poses: readonly Pose[], threshold: number, model: ModelInfo | undefined) {
  return {
    image: { file_name: name, width: image.width, height: image.height },
    coordinates: 'pixels of the image after EXIF orientation; the centre of the first pixel is (0.5, 0.5)',
    model: model?.name ?? null,
    coco_joints: JOINTS.slice(0, COCO_COUNT),
    people: poses.map((pose) => ({
      score: round(poseScore(pose), 4),
      keypoints: pose.map(({ x, y, score }, i) => ({ name: JOINTS[i], x: round(x, 2), y: round(y, 2), score: round(score, 4) })),
      coco_keypoints: toCocoKeypoints(pose, threshold).map((value) => round(value, 2)),
    })),
  };
}
