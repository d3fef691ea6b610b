import { inBatches } from '../../model/in-batches';
import type { PersonReading, PoseModel } from '../../model/pose-model';
import { evidence, type Somebody } from '../../pose/everybody';
import { flipTested } from '../../pose/flip';
import { followed } from '../../pose/followed';
import { refinedRoi } from '../../pose/refine';
import { searchPeople } from '../../pose/search';
import { type Roi, rescaledRoi } from '../../pose/space';
import type { EstimateParams, EstimateResult, Frame, MapDetail, PersonResult, Progress, Region, Step } from '../protocol';
import type { Cropping } from './cut';
import type { Finder } from './finder';
import { type FoundPerson, toPerson } from './person';

/**
 * The poses of one frame. onProgress: the people found so far, while an image is searched. Rejects with the signal's reason between two
 * passes, or with what a step threw.
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
  const run: Run = (rois, options, onBatch) =>
    inBatches(
      rois,
      (batch) => runBatch(signal, model, cropping, frame, batch, options, spent),
      (reading, roi) => toPerson(reading, roi, model.info.input),
      onBatch,
    );

  const detect = () => finder.detect(signal, frame, spent);
  const find = async (): Promise<Pick<EstimateResult, 'people' | 'tooMany'>> => {
    if (typeof regions === 'string') {
      const people = await searchPeople<FoundPerson>(
        await detect(),
        finder.confidence,
        (rois, mirrored, onBatch) => run(rois, { maps: mirrored ? 'none' : maps, mirrored }, onBatch),
        { flipTest, withDoubtful: regions === 'everybody-and-doubtful' },
        (some, done, total) => onProgress({ people: some.map(toResult).map(withoutMaps), done, total }),
      );
      return { people: people.map(toResult) };
    }
    if (!('rois' in regions)) {
      const people = (await peopleAt(run, maps, regions, frame)).map(({ person }) => person);
      if (!flipTest) return { people };
      const tested = await flipTested(people, (rois) => run(rois, { maps: 'none', mirrored: true }));
      return { people: tested.map((person) => ({ ...person, score: evidence(person.pose) })) };
    }
    const detections = regions.detect ? await detect() : [];
    const { people, tooMany } = await followed(regions, detections, finder.confidence.person, (rois) =>
      run(rois, { maps, mirrored: false }),
    );
    return {
      people: people.map(({ person, torso }) => ({ ...person, torso })),
      ...(regions.detect ? { tooMany } : {}),
    };
  };
  return { ...(await find()), timings: { ...spent, total: performance.now() - start } };
}

const toResult = ({ found: { person }, pose, score, doubtful }: Somebody<FoundPerson>): PersonResult => ({
  ...person,
  pose,
  score,
  ...(doubtful && { doubtful }),
});

/** Maps are sent to the page only once, with the answer. */
const withoutMaps = ({ coarseMaps: _, fineMaps: __, fineOrigins: ___, ...person }: PersonResult): PersonResult => person;

interface PassOptions {
  /** What is read back. */
  readonly maps: MapDetail;
  /** Whether the crops are mirrored left to right. */
  readonly mirrored: boolean;
}

/** Runs a pass on each crop and returns the person in each, in order. onBatch: called after each batch with those in all crops so far. */
type Run = (
  rois: readonly Roi[],
  options: PassOptions,
  onBatch?: (found: readonly FoundPerson[]) => void,
) => Promise<FoundPerson[]>;

/**
 * In the order of the regions; if a region is to be refined and somebody is found, from the second pass. Only the last pass reads maps back:
 * those of an earlier one would be dropped.
 */
async function peopleAt(run: Run, maps: MapDetail, regions: readonly Region[], frame: Frame): Promise<FoundPerson[]> {
  const first = await run(
    regions.flatMap(({ roi, refine }) => (refine ? roi : [])),
    { maps: 'none', mirrored: false },
  );
  const rois = regions.map(({ roi, refine }) => {
    const found = refine ? first.shift() : undefined;
    return (found && refinedRoi(found.presence, frame)) ?? roi;
  });
  return run(rois, { maps, mirrored: false });
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
    rois.map((roi) => rescaledRoi(roi, scale)),
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
