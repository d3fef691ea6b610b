/**
 * Where to look. The network knows a person in a square of their own; in a picture without a box it looks at the whole, then once more
 * at the box round what it found there.
 */
import type { Pose } from './pose';
import { roiFromPose, type Size, wholeFrameRoi } from './roi';
import type { Roi } from './space';

/** A joint that scores less says nothing about where the person is. */
export const FIND_SCORE = 0.2;
/** The next crop's side over the longer side of the joints' box: joints lie inside the outline that boxes are drawn round. */
export const FIND_MARGIN = 1.5;

/** The square for the second look, or undefined if the first found nobody. */
export function nextRoi(pose: Pose, image: Size): Roi | undefined {
  return roiFromPose(pose, image, FIND_SCORE, FIND_MARGIN);
}

/** The person in a picture without a box, as the second look has them; undefined if nobody is there. Rejects as `look` does. */
export async function find<T extends { readonly pose: Pose }>(
  look: (roi: Roi) => Promise<T>,
  image: Size,
): Promise<T | undefined> {
  const roi = nextRoi((await look(wholeFrameRoi(image))).pose, image);
  return roi && look(roi);
}
