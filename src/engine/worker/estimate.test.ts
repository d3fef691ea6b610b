import { beforeEach, expect, it } from 'vitest';
import type { PoseModel } from '../../model/pose-model';
import { agreed, unmirrored } from '../../pose/flip';
import { JOINTS } from '../../pose/skeleton';
import { cropPoint } from '../../pose/space';
import type { EstimateParams, Frame, Progress } from '../protocol';
import type { Cropping } from './cut';
import { estimate } from './estimate';
import type { Finder } from './finder';

const never = new AbortController().signal;
const frame: Frame = { bitmap: { width: 640 } as ImageBitmap, width: 640, height: 480, time: 0 };
const roi = { cx: 320, cy: 240, side: 100 };
const whole = { roi, refine: false };
const refined = { roi, refine: true };

const TORSO = [0.25, 0.5, 0.75] as const;

/** People in the batch and detail of the maps, for each run. */
const runs: [people: number, detail: string][] = [];
/** Of every joint. */
let presence = 1;
/** Of every crop, and of every mirror image of one. */
const somebody = { plain: 1, mirrored: 0 };

/** Whether each run's crops were mirrored. */
const mirrored: boolean[] = [];

const cutter = {
  cut: (_, rois, flipped) => {
    mirrored.push(flipped);
    return rois.length as unknown as OffscreenCanvas;
  },
} satisfies Cropping;
const model = {
  info: { name: 'm', input: 192, stages: undefined, parameters: 1, gmac: 1, bytes: 1 },
  run: async (_, pixels, detail) => {
    const people = pixels as unknown as number;
    runs.push([people, detail]);
    const joints = JOINTS.map((_, i) => {
      const at = cropPoint(60 + 4 * i, 60 + 4 * i);
      return { coarse: at, fine: at, presence, score: presence };
    });
    const colours = { side: 1, stride: 192, values: Float32Array.from(TORSO) };
    return Array.from({ length: people }, () => ({
      joints,
      verdict: { somebody: mirrored.at(-1) ? somebody.mirrored : somebody.plain, quality: 0 },
      colours,
      ...(detail === 'none' ? {} : { coarseMaps: new Float32Array(1) }),
    }));
  },
} satisfies Pick<PoseModel, 'info' | 'run'>;

const CONFIDENCE = { box: 1, somebody: 1, quality: 0, offset: 0, threshold: 0.5 };

const detect = { rois: [], detect: true };
const finder = {
  detect: async () => [
    { box: { x: 10, y: 20, width: 40, height: 100 }, score: 0.9 },
    { box: { x: 300, y: 20, width: 40, height: 100 }, score: 0.8 },
    { box: { x: 500, y: 20, width: 40, height: 100 }, score: 0.2 },
  ],
  confidence: { person: CONFIDENCE, flipTest: CONFIDENCE },
} satisfies Pick<Finder, 'detect' | 'confidence'>;

const told: Progress[] = [];

const ask = (
  regions: EstimateParams['regions'],
  maps: EstimateParams['maps'],
  { flipTest = false, by = finder }: { flipTest?: boolean; by?: Pick<Finder, 'detect' | 'confidence'> } = {},
) =>
  estimate(
    never,
    model as unknown as PoseModel,
    cutter,
    by as unknown as Finder,
    { frame, regions, maps, flipTest },
    (progress) => told.push(progress),
  );

beforeEach(() => {
  runs.length = 0;
  mirrored.length = 0;
  told.length = 0;
  presence = 1;
});

it('reads maps back only in the last pass', async () => {
  const { people } = await ask([refined], 'all');
  expect(runs).toEqual([
    [1, 'none'],
    [1, 'all'],
  ]);
  expect(people).toMatchObject([{ coarseMaps: expect.anything() }]);
});

it('makes a second pass if a region is to be refined, and returns maps for every region', async () => {
  const { people } = await ask([whole, refined, whole], 'coarse');
  expect(runs).toEqual([
    [1, 'none'],
    [3, 'coarse'],
  ]);
  expect(people.map((person) => person.coarseMaps?.length)).toEqual([1, 1, 1]);
  expect(people.map((person) => person.roi === roi)).toEqual([true, false, true]);
});

it('runs the crops of known and newly detected people in one batch', async () => {
  const aside = { cx: 30, cy: 400, side: 100 };
  const { people } = await ask({ rois: [aside], detect: true }, 'coarse');
  expect(runs).toEqual([[3, 'coarse']]);
  expect(people.map((person) => person.roi.cx)).toEqual([30, 30, 320]);
  expect(people[0]?.roi).toBe(aside);
  runs.length = 0;
  const known = people.slice(1).map((person) => person.roi);
  expect((await ask({ rois: known, detect: true }, 'none')).people.map((person) => person.roi)).toEqual(known); // the same people
  expect((await ask({ rois: [aside], detect: false }, 'none')).people).toHaveLength(1);
  expect(runs).toEqual([
    [2, 'none'],
    [1, 'none'],
  ]);
});

it('follows at most ten people', async () => {
  const rois = Array.from({ length: 9 }, (_, i) => ({ cx: 60 * i, cy: 400, side: 50 }));
  expect((await ask({ rois, detect: true }, 'none')).people).toHaveLength(10);
});

it('keeps the region itself if nobody was found in it', async () => {
  presence = 0;
  const { people } = await ask([refined], 'all');
  expect(people).toMatchObject([{ roi, coarseMaps: expect.anything() }]);
  expect(await ask(detect, 'all')).toMatchObject({ people: [] }); // new people in a video need joints
});

it('also runs the crops of the last pass mirrored, and combines both passes', async () => {
  const [plain] = (await ask([whole], 'all')).people;
  const [both] = (await ask([refined], 'all', { flipTest: true })).people;
  expect(runs.slice(1)).toEqual([
    [1, 'none'],
    [1, 'all'],
    [1, 'none'],
  ]);
  expect(mirrored.slice(1)).toEqual([false, false, true]);
  expect(both?.coarseMaps).toBeDefined();
  const [tested] = (await ask([whole], 'none', { flipTest: true })).people;
  const pose = plain?.pose ?? [];
  expect(tested?.pose).toEqual(agreed(pose, unmirrored(pose, roi), roi)); // the made-up model answers the same for the mirror image
});

it('runs large crowds in batches', async () => {
  expect((await ask(Array(20).fill(whole), 'none')).people).toHaveLength(20);
  expect(runs.map(([people]) => people)).toEqual([16, 4]);
});

it('reports the people found so far in a crowd before the last batch', async () => {
  const box = (i: number) => ({ x: 90 * (i % 7), y: 100 * Math.floor(i / 7), width: 40, height: 80 });
  const crowd = { ...finder, detect: async () => Array.from({ length: 33 }, (_, i) => ({ box: box(i), score: 0.9 })) };
  const { people } = await ask('everybody', 'all', { by: crowd });
  expect(runs.map(([count]) => count)).toEqual([16, 16, 1]);
  expect(told.map(({ done, total }) => [done, total])).toEqual([
    [16, 33],
    [32, 33],
  ]);
  expect(told.map((progress) => progress.people.length)).toEqual([16, 32]);
  expect(told[1]?.people[0]).not.toHaveProperty('coarseMaps');
  expect(people).toHaveLength(33);
  expect(people[0]).toHaveProperty('coarseMaps');
  expect(told).toHaveLength(2); // the answer has the rest
});

it('searches with a flip test: first one pass on each box, then the mirror image of every possible person', async () => {
  const boxes = await finder.detect();
  const nobody = { box: { x: 200, y: 300, width: 40, height: 100 }, score: 0.01 };
  const { people } = await ask('everybody', 'all', { flipTest: true, by: { ...finder, detect: async () => [...boxes, nobody] } });
  expect(runs).toEqual([
    [4, 'all'],
    [3, 'none'],
  ]);
  expect(mirrored).toEqual([false, true]);
  expect(told.map(({ done, total, people: first }) => [done, total, first.length])).toEqual([[4, 8, 2]]); // the third is doubtful
  const [first] = told[0]?.people ?? [];
  const [person] = people;
  const roi = person?.roi ?? { cx: 0, cy: 0, side: 0 };
  expect(person?.refined).toEqual(first?.pose);
  expect(person?.pose).toEqual(agreed(first?.pose ?? [], unmirrored(first?.pose ?? [], roi), roi)); // the made-up model answers the same for the mirror image
  expect(person?.score).toBeLessThan(first?.score ?? 0); // the made-up model is less sure of the mirror image
  expect(person).toHaveProperty('coarseMaps');
});

it('runs one pass on each box for everybody, and leaves out unlikely people', async () => {
  const { people } = await ask('everybody', 'coarse');
  expect(runs).toEqual([[3, 'coarse']]);
  expect(people.map(({ roi: { cx }, coarseMaps }) => [cx, coarseMaps !== undefined])).toEqual([
    [30, true],
    [320, true],
  ]);
});

it('reads torso colours in a video, and returns how many more people there are than can be followed', async () => {
  expect(await ask(detect, 'none')).toMatchObject({ people: [{ torso: TORSO }, { torso: TORSO }], tooMany: 0 });
  const rois = Array.from({ length: 9 }, (_, i) => ({ cx: 60 * i, cy: 400, side: 50 }));
  expect((await ask({ rois, detect: true }, 'none')).tooMany).toBe(1);
  expect(await ask({ rois, detect: false }, 'none')).not.toHaveProperty('tooMany');
  expect((await ask([whole], 'none')).people[0]).not.toHaveProperty('torso');
});
