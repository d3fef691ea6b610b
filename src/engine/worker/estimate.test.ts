import { beforeEach, expect, it, vi } from 'vitest';
import { readModel } from '../../../cli/node';
import type { Cascade } from '../../model/cascade';
import { checkContract } from '../../model/contract';
import * as start from '../../model/start';
import { cropPoint } from '../../pose/space';
import type { EstimateParams, Frame } from '../protocol';
import type { Cutter } from './cut';
import { estimate } from './estimate';

vi.mock('../../model/start');

const contract = checkContract((await readModel('public/models/cascade')).json);
const never = new AbortController().signal;
const frame: Frame = { bitmap: { width: 640 } as ImageBitmap, width: 640, height: 480, time: 0, mirrored: false };
const roi = { cx: 320, cy: 240, side: 100 };
const whole = { roi, refine: false };
const refined = { roi, refine: true };

/** People in the batch and detail, run after run. */
const runs: [people: number, detail: string][] = [];
let presence = 1;

const cutter = { cut: (_, rois) => rois.length as unknown as OffscreenCanvas } satisfies Pick<Cutter, 'cut'>;
const cascade = {
  contract,
  run: async (_, pixels, detail) => {
    const [people] = pixels.shape;
    runs.push([people, detail]);
    const joints = contract.joints.map((_, i) => {
      const at = cropPoint(60 + 4 * i, 60 + 4 * i);
      return { coarse: at, fine: at, origin: at, presence, score: presence };
    });
    return Array.from({ length: people }, () => ({ joints, ...(detail === 'none' ? {} : { coarseMaps: new Float32Array(1) }) }));
  },
} satisfies Pick<Cascade, 'contract' | 'run'>;

const ask = (regions: EstimateParams['regions'], maps: EstimateParams['maps']) =>
  estimate(never, cascade as unknown as Cascade, cutter as unknown as Cutter, { frame, regions, maps });

beforeEach(() => {
  runs.length = 0;
  presence = 1;
  vi.mocked(start.pixelsOf).mockImplementation(
    (people) => ({ shape: [people, 192, 192, 3], dispose: () => undefined }) as unknown as ReturnType<typeof start.pixelsOf>,
  );
});

it('reads maps back in the last look only', async () => {
  const { people } = await ask('find', 'all');
  expect(runs).toEqual([
    [4, 'none'],
    [1, 'all'],
  ]);
  expect(people).toMatchObject([{ coarseMaps: expect.anything() }]);
});

it('looks twice where a region is to be refined, and has maps of every region', async () => {
  const { people } = await ask([whole, refined, whole], 'coarse');
  expect(runs).toEqual([
    [1, 'none'],
    [3, 'coarse'],
  ]);
  expect(people.map((person) => person.coarseMaps?.length)).toEqual([1, 1, 1]);
  expect(people.map((person) => person.roi === roi)).toEqual([true, false, true]);
});

it('looks at the region itself where nobody was found in it', async () => {
  presence = 0;
  const { people } = await ask([refined], 'all');
  expect(people).toMatchObject([{ roi, coarseMaps: expect.anything() }]);
  expect(await ask('find', 'all')).toMatchObject({ people: [] });
});

it('runs large crowds in batches', async () => {
  expect((await ask(Array(20).fill(whole), 'none')).people).toHaveLength(20);
  expect(runs.map(([people]) => people)).toEqual([16, 4]);
});
