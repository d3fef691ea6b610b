import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readDetector, readModel, startWasm } from './models';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posecade-'));
});

afterAll(() => rm(folder, { recursive: true }));

const codes = () =>
  Promise.all([readModel(folder), readDetector(folder)].map((read) => read.catch(({ name, code }) => [name, code])));

it('reports why a folder has no usable network', async () => {
  expect(await codes()).toEqual(Array(2).fill(['ModelError', 'weights-unreachable']));
  await writeFile(join(folder, 'contract.json'), '{"format":');
  expect(await codes()).toEqual(Array(2).fill(['ModelError', 'weights-unreachable']));
  await writeFile(join(folder, 'contract.json'), '{"format": "none of ours"}');
  expect(await codes()).toEqual(Array(2).fill(['ModelError', 'contract-mismatch']));
});

it('says each time that WebAssembly does not start', async () => {
  for (const stream of ['warn', 'error'] as const) vi.spyOn(console, stream).mockReturnValue(undefined);
  for (let i = 0; i < 2; i += 1) {
    await expect(startWasm(`${folder}/`)).rejects.toMatchObject({
      name: 'EngineError',
      code: 'no-backend',
      message: expect.stringContaining(`${folder}/`),
    });
  }
});
