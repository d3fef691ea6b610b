/** Everybody in a frame of a video in which some people are already known: those people, and others found by the detector. */
import type { Detection } from './detection';
import { type CropResult, evidence, type PersonConfidence, personScore } from './everybody';
import { greedyPairs } from './greedy-pairs';
import { iou, roiFromBox, roiIou } from './roi';
import type { Roi } from './space';
import { MARGIN as TRACK_MARGIN } from './track';

/** Most people followed in a video. */
export const MAX_FOLLOWED = 10;
/** Minimum score of a box that gets a pass in a video: higher than in a still image, because another frame comes soon. */
const MIN_NEW_SCORE = 0.3;
/** Minimum evidence from a new person's joints: people accepted by their box alone would come and go from frame to frame. */
const MIN_EVIDENCE = 0.4;
/** A detection whose crop overlaps a tracked one (intersection over union) by more than this may be the same person. */
const SAME_CROP = 0.5;
/** A detection whose box has a higher IoU with that of somebody known is the same person again: somebody followed needs no second pass. */
const SAME_PERSON = 0.6;
/** Crops that overlap by more than this may show parts of each other's people. */
const CROWDED = 0.2;

/** Where known people are expected, image pixels: one person each. */
export interface ExpectedRois {
  readonly rois: readonly Roi[];
  /** How many of them, the last ones, were out of sight in the previous frame. Default: 0. */
  readonly lost?: number;
}

export interface Followed<T> {
  /** The known people who were looked for; then other detections that are people. */
  readonly people: readonly T[];
  /** How many more people the detector found than can be followed. */
  readonly tooMany: number;
}

/** Matches tracked crops with detections: the largest overlap first, each once. */
function matched(rois: readonly Roi[], detections: readonly Detection[]): ReadonlyMap<Roi, Detection> {
  const pairs = rois
    .flatMap((roi) => detections.map((one) => ({ roi, one, iou: roiIou(roi, roiFromBox(one.box, TRACK_MARGIN)) })))
    .filter(({ iou }) => iou > SAME_CROP)
    .sort((a, b) => b.iou - a.iou);
  return greedyPairs(pairs.map(({ roi, one }) => [roi, one]));
}

/**
 * The crops of known people. In a crowd, the detector locates each one better than a track does; a lone person keeps their crop, and with
 * it the same pixels in every frame.
 */
function ownCrops(rois: readonly Roi[], own: ReadonlyMap<Roi, Detection>, others: readonly Roi[]): Roi[] {
  const all = [...rois, ...others];
  return rois.map((roi) => {
    const detection = own.get(roi);
    const isCrowded = all.some((other) => other !== roi && roiIou(other, roi) > CROWDED);
    return detection && isCrowded ? roiFromBox(detection.box) : roi;
  });
}

/**
 * expected: the known people. detections: of everybody; empty if the detector did not run. confidence: decides which others are people.
 * pass: finds the pose in each crop, in order; called once. Rejects if the pass does.
 */
export async function followed<T extends CropResult>(
  { rois, lost = 0 }: ExpectedRois,
  detections: readonly Detection[],
  confidence: PersonConfidence,
  pass: (rois: readonly Roi[]) => Promise<readonly T[]>,
): Promise<Followed<T>> {
  const likely = detections.filter(({ score }) => score >= MIN_NEW_SCORE);
  const own = matched(rois, likely);
  const claimed = new Set(own.values());
  const isAgain = ({ box }: Detection) => [...claimed].some((one) => iou(one.box, box) > SAME_PERSON);
  const others = likely.filter((detection) => !claimed.has(detection) && !isAgain(detection));
  const crops = others.map(({ box }) => roiFromBox(box));
  const inView = rois.slice(0, rois.length - lost);
  const away = rois.slice(inView.length);
  const room = Math.max(0, MAX_FOLLOWED - inView.length);
  // Detected people come before lost ones, who may be anywhere.
  const back = away.filter((roi) => own.has(roi)).slice(0, room);
  const newcomers = crops.slice(0, room - back.length);
  const sought = away.filter((roi) => !own.has(roi)).slice(0, room - back.length - newcomers.length);
  const known = [...inView, ...back, ...sought];
  const found = await pass([...ownCrops(known, own, crops), ...newcomers]);
  const people = found.filter((one, i) => {
    const other = others[i - known.length];
    return (
      !other || (evidence(one.pose) >= MIN_EVIDENCE && personScore(confidence, other.score, one.verdict) >= confidence.threshold)
    );
  });
  return { people, tooMany: others.length - newcomers.length };
}
