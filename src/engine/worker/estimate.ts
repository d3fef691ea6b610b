import type { Cascade } from '../../model/cascade';
import { pixelsOf } from '../../model/start';
import type { PersonReading } from '../../model/unpack';
import { find, nextRoi } from '../../pose/find';
import { search } from '../../pose/search';
import type { Roi } from '../../pose/space';
import type { EstimateParams, EstimateResult, Frame, Region, Regions, Stage } from '../protocol';
import type { Cutter } from './cut';
import { type Seen, toPerson } from './person';

/** Squares that go to the device at once: a sheet of more would pass the largest texture that every GPU has. */
const BATCH = 16;

/** The poses of one frame. Rejects with the signal's reason between two looks, or with what a step threw. */
export async function estimate(
  signal: AbortSignal,
  cascade: Cascade,
  cutter: Cutter,
  { frame, regions, maps }: EstimateParams,
): Promise<Omit<EstimateResult, 'backend'>> {
  const start = performance.now();
  const spent: Record<Stage, number> = { crop: 0, upload: 0, network: 0, total: 0 };
  const look: Look = async (rois, last) => {
    const people: Seen[] = [];
    for (let i = 0; i < rois.length; i += BATCH) {
      const batch = rois.slice(i, i + BATCH);
      const readings = await lookOnce(signal, cascade, cutter, frame, batch, last ? maps : 'none', spent);
      readings.forEach((reading, k) => {
        const roi = batch[k];
        if (roi) people.push(toPerson(reading, roi, cascade.contract));
      });
    }
    return people;
  };

  const seen = await lookBy(look, regions, frame);
  const people = seen.map(({ person }) => person);
  return { people, timings: { ...spent, total: performance.now() - start } };
}

/** Only the last look reads maps back: those of an earlier one are dropped. */
type Look = (rois: readonly Roi[], last: boolean) => Promise<Seen[]>;

async function lookBy(look: Look, regions: Regions, frame: Frame): Promise<Seen[]> {
  if (regions === 'search') return search(look, frame);
  if (regions !== 'find') return lookAt(look, regions, frame);
  const seen = await find(look, frame);
  return seen ? [seen] : [];
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

/** One batch: cut, upload, run. Adds to `spent`. rois in image pixels; the bitmap may be smaller than the image. */
async function lookOnce(
  signal: AbortSignal,
  cascade: Cascade,
  cutter: Cutter,
  { bitmap, width }: Frame,
  rois: readonly Roi[],
  maps: EstimateParams['maps'],
  spent: Record<Stage, number>,
): Promise<PersonReading[]> {
  signal.throwIfAborted();
  const times = [performance.now()];
  const scale = bitmap.width / width;
  const sheet = cutter.cut(
    bitmap,
    rois.map(({ cx, cy, side }) => ({ cx: cx * scale, cy: cy * scale, side: side * scale })),
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
