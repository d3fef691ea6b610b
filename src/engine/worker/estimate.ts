import type { PersonReading, PoseModel } from '../../model/pose-model';
import type { Detection } from '../../pose/detection';
import { everybody, type PersonConfidence, personScore } from '../../pose/everybody';
import { agreed, unmirrored } from '../../pose/flip';
import { refinedRoi } from '../../pose/refine';
import { roiFromBox, roiOverlap } from '../../pose/roi';
import type { Roi } from '../../pose/space';
import type {
  EstimateParams,
  EstimateResult,
  Frame,
  MapDetail,
  PersonResult,
  Region,
  Regions,
  Step,
  TrackedRegions,
  WholeImage,
} from '../protocol';
import type { Cutter } from './cut';
import type { Finder } from './finder';
import { type FoundPerson, toPerson } from './person';

/** Crops that go to the device at once: a sheet of more would pass the largest texture that every GPU has. */
const BATCH = 16;

/** The poses of one frame. Rejects with the signal's reason between two passes, or with what a step threw. */
export async function estimate(
  signal: AbortSignal,
  model: PoseModel,
  cutter: Cutter,
  finder: Finder,
  { frame, regions, maps, flipTest }: EstimateParams,
): Promise<Omit<EstimateResult, 'backend'>> {
  const start = performance.now();
  const spent: Record<Step, number> = { crop: 0, upload: 0, network: 0, total: 0 };
  const run = async (rois: readonly Roi[], options: PassOptions): Promise<FoundPerson[]> => {
    const people: FoundPerson[] = [];
    for (let i = 0; i < rois.length; i += BATCH) {
      const batch = rois.slice(i, i + BATCH);
      const readings = await runBatch(signal, model, cutter, frame, batch, options, spent);
      readings.forEach((reading, k) => {
        const roi = batch[k];
        if (roi) people.push(toPerson(reading, roi, model.info.input));
      });
    }
    return people;
  };

  const pass: Pass = (rois, last) => run(rois, { maps: last ? maps : 'none', mirrored: false });
  const detect = () => finder.detect(signal, frame, spent);
  const everyone = async (withDoubtful: boolean) => {
    const people = await everybody(await detect(), finder.confidence, withDoubtful, (rois) => pass(rois, true));
    return people.map(({ found: { person }, pose, score, doubtful }) => ({
      ...person,
      pose,
      score,
      ...(doubtful && { doubtful }),
    }));
  };
  const found =
    typeof regions === 'string'
      ? await everyone(regions === 'everybody-and-doubtful')
      : (await peopleIn(pass, finder.confidence, detect, regions, frame)).map(({ person }) => person);
  const people = flipTest ? await flipTested(found, (rois) => run(rois, { maps: 'none', mirrored: true })) : found;
  return { people, timings: { ...spent, total: performance.now() - start } };
}

interface PassOptions {
  /** What is read back. */
  readonly maps: MapDetail;
  /** Whether the crops are mirrored left to right. */
  readonly mirrored: boolean;
}

/** The person in each crop, in order. Only the last pass reads maps back: those of an earlier one are dropped. */
type Pass = (rois: readonly Roi[], last: boolean) => Promise<FoundPerson[]>;

type Detect = () => Promise<Detection[]>;

async function peopleIn(
  pass: Pass,
  confidence: PersonConfidence,
  detect: Detect,
  regions: Exclude<Regions, WholeImage>,
  frame: Frame,
): Promise<FoundPerson[]> {
  return 'rois' in regions ? trackedPeople(pass, confidence, detect, regions) : peopleAt(pass, regions, frame);
}

/** Two crops that overlap more (intersection over union) show the same person. */
const SAME_CROP = 0.5;

/** Score of a box in a video that is worth a pass: higher than in a still image, for there is another frame soon. */
const LEAST_NEW = 0.3;

/** People in a video that are followed. */
const MOST_FOLLOWED = 10;

/** In the order of the crops; then whoever else was detected and is a person. One batch for all. */
async function trackedPeople(
  pass: Pass,
  confidence: PersonConfidence,
  detect: Detect,
  { rois, detect: detectOthers }: TrackedRegions,
): Promise<FoundPerson[]> {
  const others = (detectOthers ? await detect() : [])
    .filter(({ box, score }) => score >= LEAST_NEW && rois.every((known) => roiOverlap(known, roiFromBox(box)) <= SAME_CROP))
    .slice(0, Math.max(0, MOST_FOLLOWED - rois.length));
  const people = await pass([...rois, ...others.map(({ box }) => roiFromBox(box))], true);
  return people.filter(({ pose }, i) => {
    const other = others[i - rois.length];
    return !other || personScore(confidence, other, pose) >= confidence.least;
  });
}

/** In the order of the regions; where a region is to be refined and somebody is found, as the second pass has them. */
async function peopleAt(pass: Pass, regions: readonly Region[], frame: Frame): Promise<FoundPerson[]> {
  const first = await pass(
    regions.flatMap(({ roi, refine }) => (refine ? roi : [])),
    false,
  );
  const rois = regions.map(({ roi, refine }) => {
    const found = refine ? first.shift() : undefined;
    return (found && refinedRoi(found.presence, frame)) ?? roi;
  });
  return pass(rois, true);
}

async function flipTested(
  people: readonly PersonResult[],
  mirrorPass: (rois: readonly Roi[]) => Promise<FoundPerson[]>,
): Promise<PersonResult[]> {
  const others = await mirrorPass(people.map(({ roi }) => roi));
  return people.map((person, i) => {
    const other = others[i];
    return other ? { ...person, pose: agreed(person.pose, unmirrored(other.pose, person.roi), person.roi) } : person;
  });
}

/** One batch: crop, run. Adds to `spent`. rois in image pixels; the bitmap may be smaller than the image. */
async function runBatch(
  signal: AbortSignal,
  model: PoseModel,
  cutter: Cutter,
  { bitmap, width }: Frame,
  rois: readonly Roi[],
  { maps, mirrored }: PassOptions,
  spent: Record<Step, number>,
): Promise<PersonReading[]> {
  signal.throwIfAborted();
  const begin = performance.now();
  const scale = bitmap.width / width;
  const sheet = cutter.cut(
    bitmap,
    rois.map(({ cx, cy, side }) => ({ cx: cx * scale, cy: cy * scale, side: side * scale })),
    mirrored,
  );
  const cut = performance.now();
  try {
    return await model.run(signal, sheet, maps);
  } finally {
    spent.crop += cut - begin;
    spent.network += performance.now() - cut;
  }
}
