/** Searches an image for everybody, given the detector's boxes: which crops get a pass, in which order, and how the results are combined. */
import type { Detection } from './detection';
import { type CropResult, type EverybodyConfidence, everybody, everybodyFlipTested, type Somebody } from './everybody';
import { unmirrored } from './flip';
import { roiFromBox } from './roi';
import type { Roi } from './space';

/**
 * Runs a pass on each crop and returns what the network finds, in order; poses in pixels of the image. mirrored: on the crops' mirror
 * images, with the joints where they lie in those. onBatch: called after each batch with all results so far.
 */
export type Pass<T> = (rois: readonly Roi[], mirrored: boolean, onBatch: (found: readonly T[]) => void) => Promise<T[]>;

interface SearchOptions {
  /** A second pass, on the mirror image of every possible person. */
  readonly flipTest: boolean;
  /** Whether to include people who are only worth suggesting. */
  readonly withDoubtful: boolean;
}

/**
 * Everybody, most likely first. detections: in image pixels. onProgress: called after each batch but the last with the people found so far,
 * how many crops have had their pass, and how many there are at most. Rejects if a pass does.
 */
export async function searchPeople<T extends CropResult>(
  detections: readonly Detection[],
  confidence: EverybodyConfidence,
  pass: Pass<T>,
  { flipTest, withDoubtful }: SearchOptions,
  onProgress: (people: readonly Somebody<T>[], done: number, total: number) => void = () => undefined,
): Promise<Somebody<T>[]> {
  const boxes = detections.length;
  const report = (people: readonly Somebody<T>[], done: number, total: number) => {
    if (done < total) onProgress(withDoubtful ? people : people.filter(({ doubtful }) => !doubtful), done, total);
  };
  // The mirror image may turn a doubtful person into a likely one.
  const after = (found: readonly T[]) => everybody(detections, found, confidence.person, withDoubtful || flipTest);
  const found = await pass(
    detections.map(({ box }) => roiFromBox(box)),
    false,
    (some) => report(after(some), some.length, flipTest ? 2 * boxes : boxes),
  );
  const people = after(found);
  if (!flipTest) return people;

  const rois = people.map(({ detection: { box } }) => roiFromBox(box));
  const tested = (mirrored: readonly T[]) => {
    const found = mirrored.flatMap((one, i) => (rois[i] ? [{ ...one, pose: unmirrored(one.pose, rois[i]) }] : []));
    return everybodyFlipTested(people, found, confidence.flipTest, withDoubtful);
  };
  return tested(await pass(rois, true, (some) => report(tested(some), boxes + some.length, boxes + rois.length)));
}
