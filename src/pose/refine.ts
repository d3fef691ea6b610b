/** A crop that was too wide, as a click's may be, is followed by one around what was found in it. */
import type { Pose } from './pose';
import { roiFromPose, type Size } from './roi';
import type { Roi } from './space';

/** A joint of less presence says nothing about where the person is. */
const PRESENT = 0.2;
/** The next crop's side over the longer side of the joints' box: more than MARGIN, for joints lie inside the outline that boxes enclose. */
const REFINE_MARGIN = 1.3;

/** presence: the pose, with the probability that each joint is there as its score. undefined: nobody was found. */
export function refinedRoi(presence: Pose, image: Size): Roi | undefined {
  return roiFromPose(presence, image, PRESENT, REFINE_MARGIN);
}
