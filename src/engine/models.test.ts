import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readPoseModel } from '../model/architectures';
import { MODELS, modelFolder, modelNamed } from './models';

it.each(MODELS)('ships %s with weights of the size stated in its contract', async (name) => {
  const folder = `public/${modelFolder(name)}`;
  const { weights } = readPoseModel(JSON.parse(await readFile(`${folder}contract.json`, 'utf8')));
  expect(await readFile(`${folder}${weights.file}`)).toHaveLength(weights.bytes);
});

it('falls back to the default for an unknown name', () => {
  expect(MODELS.map((name) => modelNamed(name))).toEqual(MODELS);
  expect([modelNamed('nothing'), modelNamed(null)]).toEqual([MODELS[0], MODELS[0]]);
});
