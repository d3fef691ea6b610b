/** The networks and the engine on real WebGPU. */
import { cutSquare, mirrorSquare } from '../../src/pose/resample';
import { coloursOf, largestDifference, readGolden } from '../../tools/golden';
import { expectDetections, expectForced, expectJoints, expectMaps, expectVerdicts, golden } from './expect-golden';
import { expect, test } from './test';

const { shape, numbers } = golden('pixels');
const [, size] = shape;
const first = Array.from(numbers.subarray(0, size * size * 3));
const whole = { roi: { cx: size / 2, cy: size / 2, side: size }, refine: false };
const image = { source: first, regions: [whole], maps: 'none' } as const;

test.describe.configure({ mode: 'serial' });

test('the cascade matches PyTorch, and a frame needs one submit and creates no buffers or bind groups', async ({ engine }) => {
  const [people, frames] = [2, 3];
  const result = await engine.evaluate((given) => harness.runOnDevice(given), {
    shape: [people, size, size, 3],
    pixels: Array.from(numbers.subarray(0, people * size * size * 3)),
    frames,
    forcedCells: Array.from(golden('forced_cells').numbers.subarray(0, 2 * 19)),
  } as const);
  expectMaps(
    'maps',
    result.people.map(({ coarseMaps }) => coarseMaps),
  );
  expectMaps(
    'fine_maps',
    result.people.map(({ fineMaps }) => fineMaps),
  );
  expectJoints(result.people.map(({ joints }) => joints));
  expectVerdicts(result.people.map(({ verdict }) => verdict));
  for (const [i, { colours }] of result.people.entries())
    expect(largestDifference(colours, coloursOf(size, numbers, i))).toBeLessThan(1e-4);
  expectForced(result.forced);
  expect(result.counts).toMatchObject({
    submits: frames,
    buffers: 0,
    bindGroups: 0,
    bytesRead: frames * people * (19 * 7 + 2 + 24 * 24 * 3) * 4,
  });
  expect(result.counts.dispatches).toBeLessThanOrEqual(50 * frames);
  expect(result.aborted).toBe('given up');
  expectJoints([result.again]);
  expect(result.buffers.made).toBeGreaterThan(10);
  expect(result.buffers.destroyed).toBe(result.buffers.made);
  expect(result.tensors).toBe(0);
});

test('the cascade creates no GPU resources in 20 frames of one and two people, some of them cancelled', async ({ engine }) => {
  const frames = 20;
  const counts = await engine.evaluate((given) => harness.soakOnDevice(given), {
    shape: [2, size, size, 3],
    pixels: Array.from(numbers.subarray(0, 2 * size * size * 3)),
    frames,
  } as const);
  const nothing = { buffers: 0, destroyedBuffers: 0, textures: 0, bindGroups: 0 };
  expect(counts).toMatchObject({ submits: frames, ...nothing });
});

test('the device crops as training does: pixel edges aligned, black outside the image, mirrored or not', async ({ engine }) => {
  const rois = [
    whole.roi,
    { cx: 70.3, cy: 110.6, side: 151.7 },
    { cx: 100, cy: 100, side: 30 }, // enlarged
    { cx: 190, cy: 5, side: 20.5 },
    { cx: 20, cy: 190, side: 200 },
    { cx: 96, cy: 96, side: 700 },
    { cx: 900, cy: 96, side: 100 },
  ];
  for (const mirrored of [false, true]) {
    const crops = await engine.evaluate(([source, given, flip]) => harness.cropOnDevice(source, given, 48, flip), [
      first,
      rois,
      mirrored,
    ] as const);
    rois.forEach((roi, i) => {
      const cut = cutSquare({ width: size, height: size, data: Uint8Array.from(first) }, roi, 48);
      const truth = mirrored ? mirrorSquare(cut, 48) : cut;
      const far = crops[i]?.map((value, k) => Math.abs(value - (truth[k] ?? 0))) ?? [];
      expect(far).toHaveLength(truth.length);
      // The truth is rounded; a GPU's sampler interpolates in steps of 1/256.
      expect(far.reduce((sum, value) => sum + value, 0) / truth.length).toBeLessThan(1);
      expect(Math.max(...far)).toBeLessThan(2.5);
    });
  }
});

test('the detector finds the same people as PyTorch, and a frame needs one submit and creates no buffers or bind groups', async ({
  engine,
}) => {
  const { shape, numbers } = readGolden('src/model/detector/golden')('pixels');
  const [, side] = shape;
  const cells = side / 8;
  const frames = 2;
  const { people, counts, buffers } = await engine.evaluate((given) => harness.detectOnDevice(given), {
    shape,
    pixels: Array.from(numbers),
    frames,
    minScore: readGolden('src/model/detector/golden')('floor').numbers[0] ?? 1,
  } as const);
  expectDetections(people);
  expect(counts).toMatchObject({ submits: frames, buffers: 0, bindGroups: 0, bytesRead: frames * cells ** 2 * 8 * 4 });
  expect(counts.dispatches).toBeLessThanOrEqual(25 * frames);
  expect(buffers.made).toBeGreaterThan(10);
  expect(buffers.destroyed).toBe(buffers.made);
});

test('the engine reports loading and compilation before it is ready, and returns the golden joints', async ({ engine }) => {
  await engine.evaluate(() => harness.start('webgpu'));
  const statuses = await engine.evaluate(() => harness.statuses);
  const last = statuses.at(-1);
  expect(last).toMatchObject({ state: 'ready', ready: { backend: 'webgpu' } });
  const compiled = statuses.filter((status) => status.state === 'compiling');
  expect(compiled.length).toBeGreaterThan(5);
  expect(compiled.at(-1)).toMatchObject({ done: compiled.at(-1)?.total });
  const loaded = statuses.flatMap((status) => (status.state === 'loading' ? status.loaded : []));
  expect(loaded).toEqual([...loaded].sort((a, b) => a - b));

  const { backend, people } = await engine.evaluate((given) => harness.estimate(given), image);
  expect(backend).toBe('webgpu');
  const [person] = people;
  expectJoints([person?.pose.map((fine, i) => ({ fine, coarse: person.coarse[i] ?? fine })) ?? []]);
});

test('an uncaptured GPU error is reported to the page', async ({ engine }) => {
  expect(await engine.evaluate(() => harness.uncaptured)).toEqual([]);
  const [worker] = engine.workers();
  await worker?.evaluate(() => {
    const create = GPUDevice.prototype.createCommandEncoder;
    GPUDevice.prototype.createCommandEncoder = function (descriptor) {
      GPUDevice.prototype.createCommandEncoder = create;
      this.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
      return create.call(this, descriptor);
    };
  });
  await engine.evaluate((given) => harness.estimate(given), image);
  await expect.poll(() => engine.evaluate(() => harness.uncaptured.length)).toBe(1);
});

test('a lost device is replaced once, and the image is sent again', async ({ engine }) => {
  const [worker] = engine.workers();
  await worker?.evaluate(() => {
    const create = GPUDevice.prototype.createCommandEncoder;
    GPUDevice.prototype.createCommandEncoder = function (descriptor) {
      GPUDevice.prototype.createCommandEncoder = create;
      this.destroy();
      return create.call(this, descriptor);
    };
  });
  await engine.evaluate(() => harness.statuses.splice(0));
  const { people } = await engine.evaluate((given) => harness.estimate(given), { ...image, keep: true });
  expect(people).toHaveLength(1);
  const states = await engine.evaluate(() => harness.statuses.map(({ state }) => state));
  expect(states.filter((state, i) => state !== states[i - 1])).toEqual([
    'running',
    'loading',
    'compiling',
    'ready',
    'running',
    'ready',
  ]);
  await engine.evaluate(() => harness.dispose());
  await expect.poll(() => engine.workers().length).toBe(0);
});
