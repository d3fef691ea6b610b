import { keypoint, type Pose } from '../pose/pose';
import { cropToImage, type Roi } from '../pose/space';
import type { JointReading } from './pose-model';

/** Result of one pass on a crop, in pixels of the image that it was cut from. */
export interface LocatedPose {
  /** Refined by the fine stage. */
  readonly pose: Pose;
  /** From the coarse maps alone. */
  readonly coarse: Pose;
  /** The refined pose with each joint's presence as its score: used for finding people, since it is valid for small ones, too. */
  readonly presence: Pose;
}

/** input: side of the network's input, pixels. */
export function locate(joints: readonly JointReading[], roi: Roi, input: number): LocatedPose {
  const pose = (point: 'fine' | 'coarse', score: 'score' | 'presence') =>
    joints.map((joint) => {
      const { x, y } = cropToImage(joint[point], roi, input);
      return keypoint(x, y, joint[score]);
    });
  return { pose: pose('fine', 'score'), coarse: pose('coarse', 'score'), presence: pose('fine', 'presence') };
}
