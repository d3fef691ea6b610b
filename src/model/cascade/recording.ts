/** The cascade as steps of a program. */

import { ModelError } from '../error';
import { pyramid } from '../webgpu/pyramid';
import { Recorder, type RecordingFor } from '../webgpu/recorder';
import { type Storage, tensor } from '../webgpu/tensor';
import type { Weights } from '../weights';
import { coarseStage } from './coarse';
import { type Contract, EARLY_PER_CELL } from './contract';
import { decodeCoarse, decodeFine, decodePerson, meanColours } from './decode.wgsl';
import { fineStage } from './fine';
import { personFeatures, VERDICT, WHOLE } from './person-head';
import { COLUMNS, rowOf } from './row';

/**
 * Takes weights that foldFeedback has folded. The result has the rows of row.ts. Recording throws a ModelError if the contract's strides are not
 * the layers'.
 */
export function cascadeRecording(contract: Contract, weights: Weights): RecordingFor {
  const { input, coarse, joints } = contract;
  return (people, tiling) => {
    const recorder = new Recorder(weights, tiling);
    const level = (side: number) => tensor(`pyramid ${side}`, people, side, 3);
    const levels = [level(input.size), level(input.size / 2), level(input.size / 4)] as const;
    recorder.record(() => pyramid(levels, input));
    const row = rowOf(contract).length;
    const result: Storage = { name: 'result', bytes: 4 * people * row };
    recorder.record(() => meanColours(contract, levels[2], result));
    const features = coarseStage(recorder, levels);
    if (features.logits.side !== coarse.cells || features.early.side !== coarse.cells * EARLY_PER_CELL)
      throw new ModelError(
        'contract-mismatch',
        `this code cannot run the model: its layers have ${features.logits.side} cells a side`,
      );
    recorder.record(() => decodeCoarse(contract, features.logits, result));
    const person = personFeatures(recorder, features.deepest);
    const whole = weights.take(WHOLE.kernel, [person.side ** 2 * person.channels, VERDICT]).values;
    const bias = weights.take(WHOLE.bias, [VERDICT]).values;
    recorder.record(() => decodePerson(contract, person, whole, bias, result));
    const peaks = { storage: result, joints: joints.length, row, columns: COLUMNS };
    const fine = fineStage(recorder, contract, features, peaks);
    const own = weights.take('fine.private', [joints.length, fine.channels + 1]).values;
    recorder.record(() => decodeFine(contract, fine, features.logits, own, result));
    return recorder.finish(result);
  };
}
