/**
 * Where to look. The network knows a person in a square of their own; in a picture without a box it looks at the whole, then once more
 * at the box round what it found there.
 */
import type { Pose } from './pose';
import { roiFromPose, type Size, wholeFrameRoi } from './roi';
import type { Roi } from './space';

/** A joint of less presence says nothing about where the person is. */
export const FIND_PRESENCE = 0.2;
/** The next crop's side over the longer side of the joints' box: more than MARGIN, for joints lie inside the outline that boxes enclose. */
export const FIND_MARGIN = 1.35;

/** A pose whose scores are presences: probabilities that there is such a joint. */
export interface Present {
  readonly presence: Pose;
}

/** The square for the second look, or undefined if the first found nobody. */
export function nextRoi({ presence }: Present, image: Size): Roi | undefined {
  return roiFromPose(presence, image, FIND_PRESENCE, FIND_MARGIN);
}

/** The person in a picture without a box, as the second look has them; undefined if nobody is there. Rejects as `look` does. */
export async function find<T extends Present>(look: (roi: Roi) => Promise<T>, image: Size): Promise<T | undefined> {
  const roi = nextRoi(await look(wholeFrameRoi(image)), image);
  return roi && look(roi);
}
