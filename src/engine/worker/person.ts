import { locate } from '../../model/pose';
import type { PersonReading } from '../../model/pose-model';
import { evidence } from '../../pose/everybody';
import type { Pose } from '../../pose/pose';
import type { Roi } from '../../pose/space';
import type { PersonResult } from '../protocol';

/** A person, and what finding needs to know of them. */
export interface FoundPerson {
  readonly pose: Pose;
  /** The same joints with their presences for scores. */
  readonly presence: Pose;
  readonly person: PersonResult;
}

/** What a model read in a crop -> a person in the image. input: side of the model's input, pixels. */
export function toPerson({ joints, ...maps }: PersonReading, roi: Roi, input: number): FoundPerson {
  const { pose, coarse, presence } = locate(joints, roi, input);
  return { pose, presence, person: { roi, score: evidence(pose), pose, coarse, ...maps } };
}
