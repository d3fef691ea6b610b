/** Everybody in a frame of a video in which some people are known already: they, and whoever else the detector found. */
import type { Detection } from './detection';
import { type CropResult, evidence, type PersonConfidence, personScore } from './everybody';
import { roiFromBox, roiOverlap } from './roi';
import type { Roi } from './space';
import { MARGIN as TRACK_MARGIN } from './track';

/** People in a video who are followed. */
export const MOST_FOLLOWED = 10;
/** Score of a box in a video that is worth a pass: higher than in a still image, for there is another frame soon. */
const LEAST_NEW = 0.3;
/** How much the joints of somebody new must speak for a person: whoever is a person by the box alone would come and go with the frames. */
const LEAST_EVIDENCE = 0.4;
/** A detection whose crop overlaps a tracked one (intersection over union) by more than this may be the same person. */
const SAME_CROP = 0.5;
/** Crops that overlap by more than this may show parts of one another's people. */
const CROWDED = 0.2;

/** Where those who are known are expected, image pixels: one person each. */
export interface ExpectedRois {
  readonly rois: readonly Roi[];
  /** How many of them, the last ones, were out of sight in the frame before. Default: 0. */
  readonly lost?: number;
}

export interface Followed<T> {
  /** Whoever is known and was looked for; then whoever else was detected and is a person. */
  readonly people: readonly T[];
  /** How many others the detector found who are too many to be followed. */
  readonly tooMany: number;
}

/** Each tracked crop's own detection: the likeliest pair first, each once. */
function matched(rois: readonly Roi[], detections: readonly Detection[]): ReadonlyMap<Roi, Detection> {
  const pairs = rois
    .flatMap((roi) => detections.map((one) => ({ roi, one, overlap: roiOverlap(roi, roiFromBox(one.box, TRACK_MARGIN)) })))
    .filter(({ overlap }) => overlap > SAME_CROP)
    .sort((a, b) => b.overlap - a.overlap);
  const result = new Map<Roi, Detection>();
  const taken = new Set<Detection>();
  for (const { roi, one } of pairs) {
    if (result.has(roi) || taken.has(one)) continue;
    result.set(roi, one);
    taken.add(one);
  }
  return result;
}

/**
 * The crops of those who are known. In a crowd the detector says better than a track where each one is; somebody alone keeps the crop, and
 * with it the same pixels in every frame.
 */
function ownCrops(rois: readonly Roi[], own: ReadonlyMap<Roi, Detection>, others: readonly Roi[]): Roi[] {
  const all = [...rois, ...others];
  return rois.map((roi) => {
    const detection = own.get(roi);
    const isCrowded = all.some((other) => other !== roi && roiOverlap(other, roi) > CROWDED);
    return detection && isCrowded ? roiFromBox(detection.box) : roi;
  });
}

/**
 * expected: those who are known. detections: of everybody; none where the detector did not run. confidence: who of the others is a person.
 * pass: the pose in each crop, in their order; called once. Rejects as the pass does.
 */
export async function followed<T extends CropResult>(
  { rois, lost = 0 }: ExpectedRois,
  detections: readonly Detection[],
  confidence: PersonConfidence,
  pass: (rois: readonly Roi[]) => Promise<readonly T[]>,
): Promise<Followed<T>> {
  const likely = detections.filter(({ score }) => score >= LEAST_NEW);
  const own = matched(rois, likely);
  const claimed = new Set(own.values());
  const others = likely.filter((detection) => !claimed.has(detection));
  const crops = others.map(({ box }) => roiFromBox(box));
  const inView = rois.slice(0, rois.length - lost);
  const away = rois.slice(inView.length);
  const room = Math.max(0, MOST_FOLLOWED - inView.length);
  // Whoever is there goes before those who may be anywhere.
  const back = away.filter((roi) => own.has(roi)).slice(0, room);
  const newcomers = crops.slice(0, room - back.length);
  const sought = away.filter((roi) => !own.has(roi)).slice(0, room - back.length - newcomers.length);
  const known = [...inView, ...back, ...sought];
  const found = await pass([...ownCrops(known, own, crops), ...newcomers]);
  const people = found.filter((one, i) => {
    const other = others[i - known.length];
    return (
      !other || (evidence(one.pose) >= LEAST_EVIDENCE && personScore(confidence, other.score, one.verdict) >= confidence.least)
    );
  });
  return { people, tooMany: others.length - newcomers.length };
}
