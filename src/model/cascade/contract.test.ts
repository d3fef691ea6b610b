import { beforeAll, describe, expect, it } from 'vitest';
import { readModel, startWasm } from '../../../cli/node';
import { ModelError, type ModelErrorCode } from '../error';
import { Cascade } from './cascade';
import { type Contract, checkContract } from './contract';

let contract: Contract;
let bytes: ArrayBuffer;

beforeAll(async () => {
  await startWasm();
  const model = await readModel('public/models/cascade');
  contract = checkContract(model.json);
  bytes = model.bytes;
});

/** Expects a ModelError with that code and those words. */
async function expectRefusal(code: ModelErrorCode, words: RegExp, run: () => unknown): Promise<void> {
  const error = await Promise.resolve()
    .then(run)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(ModelError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(words) });
}

/** The contract with the tensors that `change` returns, and matching bytes and hash. */
async function withSpecs(
  change: (specs: Contract['weights']['specs']) => Contract['weights']['specs'],
): Promise<[Contract, ArrayBuffer]> {
  const specs = change(contract.weights.specs);
  const length = 2 * specs.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
  const part = new ArrayBuffer(length);
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', part)).toString('hex');
  return [{ ...contract, weights: { ...contract.weights, specs, bytes: length, sha256: digest } }, part];
}

describe('a contract', () => {
  it.each<[string, (c: Contract) => unknown, RegExp]>([
    ['of another format', (c) => ({ ...c, format: 'posecade-cascade-2' }), /posecade-cascade-2/],
    ['that is no object', () => null, /format/],
    ['without a section', ({ fine: _, ...c }) => c, /section/],
    ['with other joints', (c) => ({ ...c, joints: [...c.joints].reverse() }), /joints/],
    ['with other strides', (c) => ({ ...c, coarse: { ...c.coarse, stride: 4 } }), /192 px/],
    ['with another crop', (c) => ({ ...c, fine: { ...c.fine, cells: 12 } }), /12 fine cells/],
    ['with another window', (c) => ({ ...c, coarse: { ...c.coarse, window: 3 } }), /window/],
    ['without a mean', ({ input: { mean: _, ...input }, ...c }) => ({ ...c, input }), /input.mean and input.std/],
    ['with a std of 0', (c) => ({ ...c, input: { ...c.input, std: 0 } }), /input.mean and input.std/],
    [
      'with a bias that is no number',
      (c) => ({ ...c, confidence: { ...c.confidence, bias: c.joints.map(() => null) } }),
      /numbers/,
    ],
    ['with half a confidence', ({ confidence: { sharp: _, ...rest }, ...c }) => ({ ...c, confidence: rest }), /numbers/],
    ['with another file size', (c) => ({ ...c, weights: { ...c.weights, bytes: c.weights.bytes + 2 } }), /bytes/],
  ])('%s is refused', (_, change, words) => expectRefusal('contract-mismatch', words, () => checkContract(change(contract))));
});

describe('weights', () => {
  it('that lack a tensor are refused', async () => {
    const [part, data] = await withSpecs((specs) => specs.filter(({ name }) => name !== 'fine.level0.kernel'));
    await expectRefusal('contract-mismatch', /lack fine\.level0\.kernel/, () => Cascade.create(part, data));
  });

  it('with a tensor that no layer uses are refused', async () => {
    const [more, data] = await withSpecs((specs) => [...specs, { name: 'coarse.bank3.kernel', shape: [1, 1, 2, 2] }]);
    await expectRefusal('contract-mismatch', /coarse\.bank3\.kernel/, () => Cascade.create(more, data));
  });

  it('of another size are refused', () =>
    expectRefusal('weights-damaged', /bytes/, () => Cascade.create(contract, bytes.slice(2))));

  it('with one bit changed are refused', () => {
    const copy = new Uint8Array(bytes.slice(0));
    copy[12345] = (copy[12345] ?? 0) ^ 1;
    return expectRefusal('weights-damaged', /hash/, () => Cascade.create(contract, copy.buffer));
  });
});
