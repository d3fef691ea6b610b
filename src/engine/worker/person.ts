import { locate } from '../../model/pose';
import type { PersonReading } from '../../model/pose-model';
import { meanColour } from '../../pose/colours';
import { evidence, type Verdict } from '../../pose/everybody';
import type { Pose } from '../../pose/pose';
import type { Box } from '../../pose/roi';
import { imagePoint, imageToCrop, type Roi } from '../../pose/space';
import { type Colour, torsoBox } from '../../pose/torso';
import type { PersonResult } from '../protocol';

/** A person, and what the search needs to know about them. */
export interface FoundPerson {
  readonly pose: Pose;
  readonly verdict: Verdict | undefined;
  /** The same joints with their presence as score. */
  readonly presence: Pose;
  /** Mean colour of the torso, if it is visible. */
  readonly torso: Colour | undefined;
  readonly person: PersonResult;
}

/** Converts what a model read in a crop to a person in the image. input: side of the model's input, pixels. */
export function toPerson({ joints, verdict, colours, ...maps }: PersonReading, roi: Roi, input: number): FoundPerson {
  const { pose, coarse, presence } = locate(joints, roi, input);
  const box = torsoBox(pose);
  const torso = colours && box && meanColour(colours, inCrop(box, roi, input));
  return { pose, verdict, presence, torso, person: { roi, score: evidence(pose), pose, refined: pose, coarse, ...maps } };
}

function inCrop({ x, y, width, height }: Box, roi: Roi, input: number): Box {
  const corner = imageToCrop(imagePoint(x, y), roi, input);
  const scale = input / roi.side;
  return { ...corner, width: width * scale, height: height * scale };
}
