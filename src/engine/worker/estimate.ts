import type { PersonReading, PoseModel } from '../../model/pose-model';
import { everybody } from '../../pose/everybody';
import { agreed, unmirrored } from '../../pose/flip';
import { followed } from '../../pose/followed';
import { refinedRoi } from '../../pose/refine';
import { roiFromBox } from '../../pose/roi';
import type { Roi } from '../../pose/space';
import type { EstimateParams, EstimateResult, Frame, MapDetail, PersonResult, Progress, Region, Step } from '../protocol';
import type { Cropping } from './cut';
import type { Finder } from './finder';
import { type FoundPerson, toPerson } from './person';

/** Crops that go to the network at once: what it keeps for more would take hundreds of megabytes. */
const BATCH = 16;

/**
 * The poses of one frame. onProgress: who is found so far, after each batch but the last of an image that is searched. Rejects with the signal's
 * reason between two passes, or with what a step threw.
 */
export async function estimate(
  signal: AbortSignal,
  model: PoseModel,
  cropping: Cropping,
  finder: Finder,
  { frame, regions, maps, flipTest }: EstimateParams,
  onProgress: (progress: Progress) => void,
): Promise<Omit<EstimateResult, 'backend'>> {
  const start = performance.now();
  const spent: Record<Step, number> = { crop: 0, network: 0, total: 0 };
  const run = async (
    rois: readonly Roi[],
    options: PassOptions,
    onBatch?: (found: readonly FoundPerson[]) => void,
  ): Promise<FoundPerson[]> => {
    const people: FoundPerson[] = [];
    for (let i = 0; i < rois.length; i += BATCH) {
      const batch = rois.slice(i, i + BATCH);
      const readings = await runBatch(signal, model, cropping, frame, batch, options, spent);
      for (const [k, roi] of batch.entries()) {
        const reading = readings[k];
        if (reading) people.push(toPerson(reading, roi, model.info.input));
      }
      if (people.length < rois.length) onBatch?.(people);
    }
    return people;
  };

  const pass: Pass = (rois, last) => run(rois, { maps: last ? maps : 'none', mirrored: false });
  const detect = () => finder.detect(signal, frame, spent);
  const find = async (): Promise<Pick<EstimateResult, 'people' | 'tooMany'>> => {
    if (typeof regions === 'string') {
      const detections = await detect();
      const among = (found: readonly FoundPerson[]) =>
        everybody(detections, found, finder.confidence, regions === 'everybody-and-doubtful').map(
          ({ found: { person }, pose, score, doubtful }) => ({ ...person, pose, score, ...(doubtful && { doubtful }) }),
        );
      const rois = detections.map(({ box }) => roiFromBox(box));
      const tell = (found: readonly FoundPerson[]) =>
        onProgress({ people: among(found).map(withoutMaps), done: found.length, total: rois.length });
      return { people: among(await run(rois, { maps, mirrored: false }, tell)) };
    }
    if (!('rois' in regions)) return { people: (await peopleAt(pass, regions, frame)).map(({ person }) => person) };
    const detections = regions.detect ? await detect() : [];
    const { people, tooMany } = await followed(regions.rois, detections, finder.confidence, (rois) =>
      run(rois, { maps, mirrored: false }),
    );
    return { people: people.map(({ person, torso }) => ({ ...person, torso })), ...(regions.detect ? { tooMany } : {}) };
  };
  const found = await find();
  const people = flipTest ? await flipTested(found.people, (rois) => run(rois, { maps: 'none', mirrored: true })) : found.people;
  return { ...found, people, timings: { ...spent, total: performance.now() - start } };
}

/** Maps go to the page once, with the answer. */
const withoutMaps = ({ coarseMaps: _, fineMaps: __, fineOrigins: ___, ...person }: PersonResult): PersonResult => person;

interface PassOptions {
  /** What is read back. */
  readonly maps: MapDetail;
  /** Whether the crops are mirrored left to right. */
  readonly mirrored: boolean;
}

/** The person in each crop, in order. Only the last pass reads maps back: those of an earlier one are dropped. */
type Pass = (rois: readonly Roi[], last: boolean) => Promise<FoundPerson[]>;

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
  cropping: Cropping,
  { bitmap, width }: Frame,
  rois: readonly Roi[],
  { maps, mirrored }: PassOptions,
  spent: Record<Step, number>,
): Promise<PersonReading[]> {
  signal.throwIfAborted();
  const begin = performance.now();
  const scale = bitmap.width / width;
  const pixels = cropping.cut(
    bitmap,
    rois.map(({ cx, cy, side }) => ({ cx: cx * scale, cy: cy * scale, side: side * scale })),
    mirrored,
  );
  const cut = performance.now();
  try {
    return await model.run(signal, pixels, maps);
  } finally {
    spent.crop += cut - begin;
    spent.network += performance.now() - cut;
  }
}
