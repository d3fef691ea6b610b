/**
 * Where to look. The network knows a person in a square of their own. In a video frame without a box it is run on the whole and, in an
 * oblong one, on squares along it, where people are larger; then once more on the box around what it found in the most telling of them.
 * (A still image has time for search.ts.)
 */
import type { Pose } from './pose';
import { roiFromPose, type Size, wholeFrameRoi } from './roi';
import type { Roi } from './space';

/** A joint of less presence says nothing about where the person is. */
const FIND_PRESENCE = 0.2;
/** The next crop's side over the longer side of the joints' box: more than MARGIN, for joints lie inside the outline that boxes enclose. */
export const FIND_MARGIN = 1.3;

/** Sides in this ratio make a picture oblong. */
const OBLONG = 1.1;

/** A pose whose scores are presences: probabilities that there is such a joint. */
export interface Present {
  readonly presence: Pose;
}

/** The square for the second look, or undefined if the first found nobody. */
export function nextRoi({ presence }: Present, image: Size): Roi | undefined {
  return roiFromPose(presence, image, FIND_PRESENCE, FIND_MARGIN);
}

/** The squares for the first look: the whole, and three along an oblong picture. */
export function firstRois(image: Size): Roi[] {
  const { width, height } = image;
  const whole = wholeFrameRoi(image);
  const side = Math.min(width, height);
  if (Math.max(width, height) < OBLONG * side) return [whole];
  const along = [0, 0.5, 1].map((part) => ({
    cx: side / 2 + part * (width - side),
    cy: side / 2 + part * (height - side),
    side,
  }));
  return [whole, ...along];
}
