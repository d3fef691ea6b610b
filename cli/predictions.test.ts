import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { encode } from 'fast-png';
import { expect, it } from 'vitest';
import { mirrorSquare } from '../src/pose/resample';
import { MIRROR } from '../src/pose/skeleton';
import { readGolden } from '../tools/golden';
import { predictEveryone, withOurs } from './everyone';
import { predict, rasterOf } from './predictions';

const model = 'public/models/cascade';
const detector = 'public/models/detector';
const golden = readGolden('src/model/cascade/golden');
const { shape, numbers } = golden('pixels');
const [count, size] = shape;
const pixels = Uint8Array.from(numbers);

/** Largest distance of predicted joints from the golden ones of these crops, in pixels. */
function error(
  people: readonly (readonly (readonly number[])[])[],
  crops: readonly number[],
  offset: readonly [number, number],
): number {
  const truth = golden('fine').numbers;
  const distances = people.flatMap((joints, i) =>
    joints.map(([x = Number.NaN, y = Number.NaN], j) => {
      const at = 2 * ((crops[i] ?? 0) * joints.length + j);
      return Math.hypot(x - offset[0] - (truth[at] ?? 0), y - offset[1] - (truth[at + 1] ?? 0));
    }),
  );
  return Math.max(...distances);
}

async function folderWith(truth: object): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/predict-`);
  await writeFile(`${folder}/truth.json`, JSON.stringify(truth));
  return folder;
}

it('writes the joints that PyTorch finds in crops, in crop pixels', async () => {
  const folder = await folderWith({ size, n: count, margin: 1 });
  await writeFile(`${folder}/crops.u8`, pixels);
  const out = `${folder}/out.json`;
  await predict({ kind: 'crops', folder, out, model, detector, margin: 1, flipTest: false });
  const people = JSON.parse(await readFile(out, 'utf8'));
  expect(people).toHaveLength(count);
  expect(error(people, [...Array(count).keys()], [0, 0])).toBeLessThan(0.05);

  await predict({ kind: 'crops', folder, out, model, detector, margin: 1, flipTest: false, limit: 2 });
  const some = JSON.parse(await readFile(out, 'utf8'));
  expect(some.index).toEqual([0, Math.ceil(count / 2)]);
  expect(error(some.people, some.index, [0, 0])).toBeLessThan(0.05);
});

it('gives mirrored results for mirrored crops in a flip test', async () => {
  const folder = await folderWith({ size, n: 2, margin: 1 });
  const crop = pixels.slice(0, size * size * 3);
  await writeFile(`${folder}/crops.u8`, Buffer.concat([crop, mirrorSquare(crop, size)]));
  const out = `${folder}/out.json`;
  await predict({ kind: 'crops', folder, out, model, detector, margin: 1, flipTest: true });
  const [joints, mirrored] = JSON.parse(await readFile(out, 'utf8'));
  MIRROR.forEach((twin, joint) => {
    const [x, y, score] = mirrored[twin];
    expect(size - x).toBeCloseTo(joints[joint][0], 1);
    expect([y, score]).toEqual([expect.closeTo(joints[joint][1], 1), expect.closeTo(joints[joint][2], 2)]);
  });
});

it('uses the middle of crops with a wider margin, and writes joints in pixels of those crops', async () => {
  const [wide, border] = [1.25 * size, size / 8];
  const crop = new Uint8Array(wide * wide * 3);
  for (let y = 0; y < size; y += 1)
    crop.set(pixels.subarray(y * size * 3, (y + 1) * size * 3), ((y + border) * wide + border) * 3);
  const folder = await folderWith({ size: wide, n: 1 });
  await writeFile(`${folder}/crops.u8`, crop);
  const out = `${folder}/out.json`;
  await predict({ kind: 'crops', folder, out, model, detector, margin: 1, flipTest: false });
  expect(error(JSON.parse(await readFile(out, 'utf8')), [0], [border, border])).toBeLessThan(0.05);
});

it('reports which file is too short', async () => {
  const folder = await folderWith({ size, n: 1 });
  await writeFile(`${folder}/crops.u8`, pixels.slice(0, size * size * 3 - 1));
  const predicted = predict({ kind: 'crops', folder, out: `${folder}/out.json`, model, detector, margin: 1, flipTest: false });
  await expect(predicted).rejects.toThrow(`${folder}/crops.u8 is too short`);
});

it('finds people in whole images, in image pixels', async () => {
  const folder = await folderWith({ n: 1, files: ['0000.png'] });
  await writeFile(
    `${folder}/0000.png`,
    encode({ width: size, height: size, channels: 3, data: pixels.slice(0, size * size * 3) }),
  );
  await predict({ kind: 'images', folder, out: `${folder}/out.json`, model, detector, margin: 1, flipTest: false });
  const [joints] = JSON.parse(await readFile(`${folder}/out.json`, 'utf8'));
  expect(joints).toHaveLength(19);
  // The detector's box is another crop than the golden one, so only the joints that it is sure of are nearly where they were.
  const truth = golden('fine').numbers;
  const sure = joints.flatMap(([x, y, score]: number[], j: number) =>
    (score ?? 0) > 0.5 ? [Math.hypot((x ?? 0) - (truth[2 * j] ?? 0), (y ?? 0) - (truth[2 * j + 1] ?? 0))] : [],
  );
  expect(sure.length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...sure)).toBeLessThan(0.05 * size);
});

it('writes everybody in whole images, with a score each', async () => {
  const found = readGolden('src/model/detector/golden');
  const { shape, numbers } = found('pixels');
  const [images, side] = shape;
  const files = Array.from({ length: images }, (_, i) => `${i}.png`);
  const folder = await folderWith({ files });
  const length = side * side * 3;
  for (const [i, file] of files.entries()) {
    const data = Uint8Array.from(numbers.subarray(i * length, (i + 1) * length));
    await writeFile(`${folder}/${file}`, encode({ width: side, height: side, channels: 3, data }));
  }
  const out = `${folder}/out.json`;
  await withOurs(model, detector, (find) => predictEveryone({ folder, out, find, every: 1 }));
  const { index, pictures } = JSON.parse(await readFile(out, 'utf8'));
  expect(index).toEqual([...files.keys()]);
  const people = pictures.flat();
  expect(people.length).toBeGreaterThan(0);
  for (const { pose, score } of people) {
    expect(pose).toHaveLength(19);
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(1);
  }
});

it('rejects an image that is not a PNG', async () => {
  const folder = await folderWith({ n: 1, files: ['0000.png'] });
  await writeFile(`${folder}/0000.png`, 'not an image');
  await expect(
    predict({ kind: 'images', folder, out: `${folder}/out.json`, model, detector, margin: 1, flipTest: false }),
  ).rejects.toThrow();
});

it('says what it does not read in a PNG of another kind', () => {
  const grey = encode({ width: 1, height: 1, data: new Uint8Array(1), channels: 1 });
  expect(() => rasterOf(grey)).toThrow('this one differs (channels: 1, bits: 8)');
});
