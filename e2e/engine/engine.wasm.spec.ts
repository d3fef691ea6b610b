/** What the engine does on any backend, tested on the fast one. */
import { unmirrored } from '../../src/pose/flip';
import type { Pose } from '../../src/pose/pose';
import { cutSquare, mirrorSquare } from '../../src/pose/resample';
import { expectJoints, golden } from './expect-golden';
import { expect, test } from './test';

const { shape, numbers } = golden('pixels');
const size = shape[1];
const first = Array.from(numbers.subarray(0, size * size * 3));
const whole = { roi: { cx: size / 2, cy: size / 2, side: size }, refine: false };

test.describe.configure({ mode: 'serial' });

test('starts, and reports which backend runs and why', async ({ engine }) => {
  await engine.evaluate(() => harness.start('wasm'));
  const last = (await engine.evaluate(() => harness.statuses)).at(-1);
  expect(last).toMatchObject({ state: 'ready', ready: { backend: 'wasm', why: 'as requested', model: { input: size } } });
});

test('returns the golden joints, and maps if they are requested', async ({ engine }) => {
  const result = await engine.evaluate((source) => {
    return harness.estimate({ source, regions: [{ roi: { cx: 96, cy: 96, side: 192 }, refine: false }], maps: 'all' });
  }, first);
  const [person] = result.people;
  expectJoints([person?.pose.map((fine, i) => ({ fine, coarse: person.coarse[i] ?? fine })) ?? []]);
  expect(Object.keys(person?.coarseMaps ?? {})).toHaveLength(19 * 24 * 24);
  expect(Object.keys(person?.fineMaps ?? {})).toHaveLength(19 * 10 * 10);
  expect(person?.fineOrigins).toHaveLength(19);
});

test('gives coordinates in pixels of the image, even if its bitmap was reduced', async ({ engine }) => {
  const regions = [{ roi: { cx: 3 * whole.roi.cx, cy: 3 * whole.roi.cy, side: 3 * size }, refine: false }];
  const given = { source: first, regions, maps: 'none', reduced: 3 } as const;
  const { people } = await engine.evaluate((image) => harness.estimate(image), given);
  const third = people[0]?.pose.map(({ x, y }) => ({ fine: { x: x / 3, y: y / 3 } })) ?? [];
  const coarse = people[0]?.coarse.map(({ x, y }) => ({ x: x / 3, y: y / 3 })) ?? [];
  expectJoints([third.map(({ fine }, i) => ({ fine, coarse: coarse[i] ?? fine }))]);
});

test('answers for several regions in order, even for more than fit in one batch', async ({ engine }) => {
  const regions = Array.from({ length: 18 }, (_, i) => ({
    roi: { cx: 96, cy: 96, side: i === 17 ? 192 : 150 + i },
    refine: false,
  }));
  const { people } = await engine.evaluate((image) => harness.estimate(image), {
    source: first,
    regions,
    maps: 'none',
  } as const);
  expect(people.map(({ roi }) => roi)).toEqual(regions.map(({ roi }) => roi));
  const last = people[17];
  expectJoints([last?.pose.map((fine, i) => ({ fine, coarse: last.coarse[i] ?? fine })) ?? []]);
});

test('with a flip test, an image and its mirror image have mirrored joints', async ({ engine }) => {
  const flipped = Array.from(mirrorSquare(Uint8Array.from(first), size));
  const answers: Pose[] = [];
  for (const source of [first, flipped]) {
    const given = { source, regions: [whole], maps: 'none', flipTest: true } as const;
    const { people } = await engine.evaluate((image) => harness.estimate(image), given);
    answers.push(people[0]?.pose ?? []);
  }
  const [plain = [], mirrored = []] = answers;
  expect(plain).toHaveLength(19);
  unmirrored(mirrored, whole.roi).forEach(({ x, y, score }, i) => {
    expect(Math.hypot(x - (plain[i]?.x ?? 0), y - (plain[i]?.y ?? 0))).toBeLessThan(0.02);
    expect(score).toBeCloseTo(plain[i]?.score ?? 0, 3);
  });
});

test('finds the person in a photograph, and nobody in an empty image', async ({ engine }) => {
  const found = await engine.evaluate(() =>
    harness.estimate({ source: 'samples/astronaut.jpg', regions: { rois: [], detect: true }, maps: 'none' }),
  );
  expect(found.people).toHaveLength(1);
  const nobody = await engine.evaluate(() => {
    const grey = Array.from({ length: 64 * 64 * 3 }, () => 128);
    return harness.estimate({ source: grey, regions: { rois: [], detect: true }, maps: 'none' });
  });
  expect(nobody.people).toEqual([]);
});

test('stops when aborted, and answers the next image', async ({ engine }) => {
  const given = { source: first, regions: [whole], maps: 'none' } as const;
  await expect(engine.evaluate((image) => harness.estimate({ ...image, patience: 0 }), given)).rejects.toThrow('TimeoutError');
  const { people } = await engine.evaluate((image) => harness.estimate(image), given);
  expect(people).toHaveLength(1);
});

for (const afterWhole of [false, true]) {
  test(`crops as training does: pixel edges aligned, black outside the image${afterWhole ? ', also from reduced copies of the whole' : ''}`, async ({
    engine,
  }) => {
    // Slopes reveal a shift of a fraction of a pixel.
    const slopes = Array.from({ length: size * size }, (_, i) => [i % size, Math.floor(i / size), 100]).flat();
    for (const roi of [
      whole.roi,
      { cx: 70.3, cy: 110.6, side: 151.7 },
      { cx: 100, cy: 100, side: 30 },
      { cx: 20, cy: 190, side: 200 },
    ]) {
      const cut = await engine.evaluate(([given, square, after]) => harness.cut(given, square, 48, false, after), [
        slopes,
        roi,
        afterWhole,
      ] as const);
      const truth = cutSquare({ width: size, height: size, data: Uint8Array.from(slopes) }, roi, 48);
      const far = cut.filter((value, i) => Math.abs(value - (truth[i] ?? 0)) > 2);
      // Where the image ends within an output pixel, browsers differ in how they blend it with the black outside.
      const inside = roi.cx >= roi.side / 2 && roi.cy + roi.side / 2 <= size;
      expect(far.length).toBeLessThanOrEqual(inside ? 0 : 48 * 3 * 2);
    }
  });
}

test('crops large images without aliasing', async ({ engine }) => {
  const cut = await engine.evaluate(() => {
    const checks = Array.from({ length: 900 * 900 * 3 }, (_, i) => ((Math.floor(i / 3) + Math.floor(i / 2700)) % 2) * 200);
    return harness.cut(checks, { cx: 450, cy: 450, side: 900 }, 48);
  });
  for (const value of cut) expect(Math.abs(value - 100)).toBeLessThan(12);
});

test('terminates its worker on dispose', async ({ engine }) => {
  await engine.evaluate(() => harness.dispose());
  await expect.poll(() => engine.workers().length).toBe(0);
});
