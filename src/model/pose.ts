import { keypoint, type Pose } from '../pose/pose';
import { type CropPoint, cropToImage, type Roi } from '../pose/space';
import type { JointReading } from './unpack';

/** Where the joints of a crop lie in the image that it was cut from. input: side of the network's input, pixels. */
export function poseOf(joints: readonly JointReading[], pick: (joint: JointReading) => CropPoint, roi: Roi, input: number): Pose {
  return joints.map((joint) => {
    const { x, y } = cropToImage(pick(joint), roi, input);
    return keypoint(x, y, joint.score);
  });
}
