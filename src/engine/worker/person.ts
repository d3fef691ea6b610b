import type { Contract } from '../../model/contract';
import { sightOf } from '../../model/pose';
import type { PersonReading } from '../../model/unpack';
import type { Sighting } from '../../pose/search';
import type { Roi } from '../../pose/space';
import type { PersonResult } from '../protocol';

/** A person, and what finding needs to know of them. */
export interface Seen extends Sighting {
  readonly person: PersonResult;
}

/** What the cascade read in a crop -> a person in the image. */
export function toPerson({ joints, coarseMaps, fineMaps }: PersonReading, roi: Roi, { input }: Contract): Seen {
  const { pose, coarse, presence } = sightOf(joints, roi, input.size);
  const maps = {
    ...(coarseMaps ? { coarseMaps } : {}),
    ...(fineMaps ? { fineMaps, fineOrigins: joints.map(({ origin }) => origin) } : {}),
  };
  return { pose, presence, person: { roi, pose, coarse, ...maps } };
}
