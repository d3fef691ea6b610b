import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { predict } from './predictions';

const SIZE = 16;

/** A graph model that finds the same joints in every black image: joint j at y = j / 20, x = 1 - j / 20, with score j / 17. */
async function madeUpPeer(folder: string, joints: number): Promise<string> {
  const values = Array.from({ length: joints }, (_, j) => [j / 20, 1 - j / 20, j / 17]).flat();
  const shape = { shape: { dim: [1, 8, 8, 3].map((size) => ({ size: String(size) })) } };
  const [int, float] = [{ type: 'DT_INT32' }, { type: 'DT_FLOAT' }];
  const node = [
    { name: 'input', op: 'Placeholder', attr: { dtype: int, shape } },
    { name: 'axes', op: 'Const', attr: { dtype: int } },
    { name: 'joints', op: 'Const', attr: { dtype: float } },
    { name: 'light', op: 'Sum', input: ['input', 'axes'], attr: { T: int, Tidx: int, keep_dims: { b: false } } },
    { name: 'output', op: 'AddV2', input: ['joints', 'light'], attr: { T: float } },
  ];
  const weights = [
    { name: 'axes', shape: [4], dtype: 'int32' },
    { name: 'joints', shape: [1, 1, joints, 3], dtype: 'float32' },
  ];
  const model = {
    format: 'graph-model',
    modelTopology: { node, versions: { producer: 1 } },
    weightsManifest: [{ paths: ['peer.bin'], weights }],
  };
  const bytes = [Int32Array.of(0, 1, 2, 3), Float32Array.from(values)].map(({ buffer }) => Buffer.from(buffer));
  await writeFile(`${folder}/peer.bin`, Buffer.concat(bytes));
  await writeFile(`${folder}/peer.json`, JSON.stringify(model));
  return `${folder}/peer.json`;
}

async function predicted(joints: number): Promise<number[][][]> {
  const folder = await mkdtemp(`${tmpdir()}/peer-`);
  await writeFile(`${folder}/truth.json`, JSON.stringify({ size: SIZE, n: 2 }));
  await writeFile(`${folder}/crops.u8`, new Uint8Array(2 * SIZE * SIZE * 3));
  const [peer, out] = [await madeUpPeer(folder, joints), `${folder}/out.json`];
  await predict({ kind: 'crops', folder, out, model: '', detector: '', margin: 1.25, flipTest: false, peer });
  return JSON.parse(await readFile(out, 'utf8'));
}

it("writes a peer's joints in crop pixels, with a score of 0 for those that it lacks", async () => {
  const people = await predicted(17);
  expect(people).toHaveLength(2);
  for (const joints of people) {
    expect(joints).toHaveLength(19);
    expect(joints[5]).toEqual([SIZE * 0.75, SIZE * 0.25, expect.closeTo(5 / 17, 3)]);
    expect(joints[17]?.[2]).toBe(0);
    expect(joints[18]?.[2]).toBe(0);
  }
});

it("refuses a model whose output does not have the shape of MoveNet's", async () => {
  await expect(predicted(16)).rejects.toThrow('the peer does not answer with 17 joints');
});
