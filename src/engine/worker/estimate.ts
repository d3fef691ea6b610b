import type { Cascade } from '../../model/cascade';
import { pixelsOf } from '../../model/start';
import type { PersonReading } from '../../model/unpack';
import { find, nextRoi } from '../../pose/find';
import { agreed, unmirrored } from '../../pose/flip';
import { isSomebody } from '../../pose/pose';
import { searchOn } from '../../pose/search';
import type { Roi } from '../../pose/space';
import type { EstimateParams, EstimateResult, Frame, MapDetail, PersonResult, Region, Regions, Stage } from '../protocol';
import type { Cutter } from './cut';
import { type Seen, toPerson } from './person';

/** Squares that go to the device at once: a sheet of more would pass the largest texture that every GPU has. */
const BATCH = 16;

/** The poses of one frame. Rejects with the signal's reason between two looks, or with what a step threw. */
export async function estimate(
  signal: AbortSignal,
  cascade: Cascade,
  cutter: Cutter,
  { frame, regions, maps, flipTest }: EstimateParams,
): Promise<Omit<EstimateResult, 'backend'>> {
  const start = performance.now();
  const spent: Record<Stage, number> = { crop: 0, upload: 0, network: 0, total: 0 };
  const lookAs = async (rois: readonly Roi[], view: View): Promise<Seen[]> => {
    const people: Seen[] = [];
    for (let i = 0; i < rois.length; i += BATCH) {
      const batch = rois.slice(i, i + BATCH);
      const readings = await lookOnce(signal, cascade, cutter, frame, batch, view, spent);
      readings.forEach((reading, k) => {
        const roi = batch[k];
        if (roi) people.push(toPerson(reading, roi, cascade.contract));
      });
    }
    return people;
  };

  const look: Look = (rois, last) => lookAs(rois, { maps: last ? maps : 'none', mirrored: false });
  const seen = (await lookBy(look, regions, frame)).map(({ person }) => person);
  const people = flipTest ? await flipTested(seen, (rois) => lookAs(rois, { maps: 'none', mirrored: true })) : seen;
  return { people, timings: { ...spent, total: performance.now() - start } };
}

/** How one looks: what is read back, and whether at mirror images. */
interface View {
  readonly maps: MapDetail;
  readonly mirrored: boolean;
}

/** Only the last look reads maps back: those of an earlier one are dropped. */
type Look = (rois: readonly Roi[], last: boolean) => Promise<Seen[]>;

async function lookBy(look: Look, regions: Regions, frame: Frame): Promise<Seen[]> {
  if (regions === 'search') return searchOn(look, frame);
  if (regions !== 'find') return lookAt(look, regions, frame);
  const seen = await find(look, frame);
  return seen && isSomebody(seen.pose) ? [seen] : [];
}

/** In the order of the regions; where a region is to be refined and somebody is found, as the second look has them. */
async function lookAt(look: Look, regions: readonly Region[], frame: Frame): Promise<Seen[]> {
  const first = await look(
    regions.flatMap(({ roi, refine }) => (refine ? roi : [])),
    false,
  );
  const rois = regions.map(({ roi, refine }) => {
    const seen = refine ? first.shift() : undefined;
    return (seen && nextRoi(seen, frame)) ?? roi;
  });
  return look(rois, true);
}

async function flipTested(
  people: readonly PersonResult[],
  lookInMirror: (rois: readonly Roi[]) => Promise<Seen[]>,
): Promise<PersonResult[]> {
  const others = await lookInMirror(people.map(({ roi }) => roi));
  return people.map((person, i) => {
    const other = others[i];
    return other ? { ...person, pose: agreed(person.pose, unmirrored(other.pose, person.roi), person.roi) } : person;
  });
}

/** One batch: cut, upload, run. Adds to `spent`. rois in image pixels; the bitmap may be smaller than the image. */
async function lookOnce(
  signal: AbortSignal,
  cascade: Cascade,
  cutter: Cutter,
  { bitmap, width }: Frame,
  rois: readonly Roi[],
  { maps, mirrored }: View,
  spent: Record<Stage, number>,
): Promise<PersonReading[]> {
  signal.throwIfAborted();
  const times = [performance.now()];
  const scale = bitmap.width / width;
  const sheet = cutter.cut(
    bitmap,
    rois.map(({ cx, cy, side }) => ({ cx: cx * scale, cy: cy * scale, side: side * scale })),
    mirrored,
  );
  times.push(performance.now());
  const pixels = pixelsOf(sheet, cascade.contract.input.size);
  try {
    times.push(performance.now());
    const readings = await cascade.run(signal, pixels, maps);
    times.push(performance.now());
    return readings;
  } finally {
    pixels.dispose();
    const [begin = 0, cut = 0, uploaded = 0, done = uploaded] = times;
    spent.crop += cut - begin;
    spent.upload += uploaded - cut;
    spent.network += done - uploaded;
  }
}
