import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { exampleSession } from '../example';
import { inPlace } from '../testing';
import { cocoFile } from './write';

/** A published third-party schema for COCO files (golden/README.md). */
const schema = JSON.parse(readFileSync(new URL('golden/coco-schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

interface File {
  images: { id: number }[];
  annotations: { id: number; bbox: unknown[] }[];
}

const exported = (joints: 17 | 19) =>
  JSON.parse(JSON.stringify(cocoFile(inPlace(exampleSession(12, 1)), joints, new Date(0), undefined, ['flagged.jpg']))) as File;

test.each([17, 19] as const)('a file of %i joints conforms to a published third-party schema', (joints) => {
  validate(exported(joints));
  expect(validate.errors).toBeNull();
});

test('the schema rejects a broken file', () => {
  const file = exported(19);
  const [first, second] = file.annotations;
  if (first) first.id = 0.5;
  if (second) second.bbox = ['1', 2, 3, 4];
  expect(validate(file)).toBe(false);
  expect(validate.errors?.map(({ instancePath }) => instancePath)).toEqual(['/annotations/0/id', '/annotations/1/bbox/0']);
});
