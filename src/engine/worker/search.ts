import type { Detection } from '../../pose/detection';
import { type EverybodyConfidence, everybody, everybodyFlipTested, type Somebody } from '../../pose/everybody';
import { unmirrored } from '../../pose/flip';
import { roiFromBox } from '../../pose/roi';
import type { Roi } from '../../pose/space';
import type { MapDetail, PersonResult, Progress } from '../protocol';
import type { FoundPerson } from './person';

export interface PassOptions {
  /** What is read back. */
  readonly maps: MapDetail;
  /** Whether the crops are mirrored left to right. */
  readonly mirrored: boolean;
}

/** A pass on each crop: the person in each, in order. onBatch: in the first of them, after each batch. */
export type Run = (
  rois: readonly Roi[],
  options: PassOptions,
  onBatch?: (found: readonly FoundPerson[]) => void,
) => Promise<FoundPerson[]>;

interface SearchOptions {
  readonly maps: MapDetail;
  readonly flipTest: boolean;
  /** Whether those who are worth a suggestion are wanted, too. */
  readonly withDoubtful: boolean;
}

/**
 * Everybody in an image, in whose boxes the network has its passes: one, or with a flip test one more for whoever may be somebody. detections: in
 * image pixels. onProgress: after each batch but the last.
 */
export async function searchImage(
  detections: readonly Detection[],
  confidence: EverybodyConfidence,
  run: Run,
  { maps, flipTest, withDoubtful }: SearchOptions,
  onProgress: (progress: Progress) => void,
): Promise<PersonResult[]> {
  const boxes = detections.length;
  const report = (people: readonly Somebody<FoundPerson>[], done: number, total: number) => {
    if (done === total) return;
    const shown = withDoubtful ? people : people.filter(({ doubtful }) => !doubtful);
    onProgress({ people: shown.map(toResult).map(withoutMaps), done, total });
  };
  // The mirror image may speak for somebody who is doubtful without it.
  const after = (found: readonly FoundPerson[]) => everybody(detections, found, confidence.person, withDoubtful || flipTest);
  const found = await run(
    detections.map(({ box }) => roiFromBox(box)),
    { maps, mirrored: false },
    (some) => report(after(some), some.length, flipTest ? 2 * boxes : boxes),
  );
  const people = after(found);
  if (!flipTest) return people.map(toResult);

  const rois = people.map((person) => person.found.person.roi);
  const tested = (mirrored: readonly FoundPerson[]) => {
    const poses = mirrored.map(({ pose, person: { roi } }) => unmirrored(pose, roi));
    return everybodyFlipTested(people, poses, confidence.flipTest, withDoubtful);
  };
  const mirrored = await run(rois, { maps: 'none', mirrored: true }, (some) =>
    report(tested(some), boxes + some.length, boxes + rois.length),
  );
  return tested(mirrored).map(toResult);
}

const toResult = ({ found: { person }, pose, score, doubtful }: Somebody<FoundPerson>): PersonResult => ({
  ...person,
  pose,
  score,
  ...(doubtful && { doubtful }),
});

/** Maps go to the page once, with the answer. */
const withoutMaps = ({ coarseMaps: _, fineMaps: __, fineOrigins: ___, ...person }: PersonResult): PersonResult => person;
