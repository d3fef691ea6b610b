/** A crop that may be too wide, such as a click's, is followed by a second one around what was found in it. */
import type { Pose } from './pose';
import { roiFromPose, type Size } from './roi';
import type { Roi } from './space';

/** Joints with a lower presence are not used to locate the person. */
const PRESENT = 0.2;
/** The next crop's side over the longer side of the joints' box: more than MARGIN, because joints lie inside the outline that boxes enclose. */
const REFINE_MARGIN = 1.3;

/** presence: the pose, with the probability that each joint is present as its score. Returns undefined if nobody was found. */
export function refinedRoi(presence: Pose, image: Size): Roi | undefined {
  return roiFromPose(presence, image, PRESENT, REFINE_MARGIN);
}
