import type { Contract } from '../../model/contract';
import type { JointReading, PersonReading } from '../../model/unpack';
import { keypoint } from '../../pose/pose';
import { type CropPoint, cropToImage, type Roi } from '../../pose/space';
import type { PersonResult } from '../protocol';

/** What the cascade read in a crop -> a person in the image. */
export function toPerson({ joints, coarseMaps, fineMaps }: PersonReading, roi: Roi, { input }: Contract): PersonResult {
  const pose = (pick: (joint: JointReading) => CropPoint) =>
    joints.map((joint) => {
      const { x, y } = cropToImage(pick(joint), roi, input.size);
      return keypoint(x, y, joint.score);
    });
  return {
    roi,
    pose: pose(({ fine }) => fine),
    coarse: pose(({ coarse }) => coarse),
    ...(coarseMaps ? { coarseMaps } : {}),
    ...(fineMaps ? { fineMaps, fineOrigins: joints.map(({ origin }) => origin) } : {}),
  };
}
