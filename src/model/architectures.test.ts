import { expect, it } from 'vitest';
import { readPoseModel } from './architectures';

it.each([[{ format: 'somebody-elses-1' }], [{}], [null], ['text']])('refuses a model of unknown architecture: %j', (contract) => {
  expect(() => readPoseModel(contract)).toThrow(expect.objectContaining({ name: 'ModelError', code: 'contract-mismatch' }));
  expect(() => readPoseModel(contract)).toThrow('"posecade-cascade-1"');
});
