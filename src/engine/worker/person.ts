import type { Contract } from '../../model/contract';
import { poseOf } from '../../model/pose';
import type { PersonReading } from '../../model/unpack';
import type { Roi } from '../../pose/space';
import type { PersonResult } from '../protocol';

/** What the cascade read in a crop -> a person in the image. */
export function toPerson({ joints, coarseMaps, fineMaps }: PersonReading, roi: Roi, { input }: Contract): PersonResult {
  return {
    roi,
    pose: poseOf(joints, ({ fine }) => fine, roi, input.size),
    coarse: poseOf(joints, ({ coarse }) => coarse, roi, input.size),
    ...(coarseMaps ? { coarseMaps } : {}),
    ...(fineMaps ? { fineMaps, fineOrigins: joints.map(({ origin }) => origin) } : {}),
  };
}
