/** The cascade as steps of a program: what src/model/cascade runs on TensorFlow.js. */
import { type Contract, EARLY_PER_CELL } from '../cascade/contract';
import { COLUMNS } from '../cascade/decode';
import { decodeCoarse, decodeFine, rowOf } from './decode';
import { padded } from './layer';
import { pyramid } from './pyramid';
import type { Recording } from './recorded';
import { type Layers, Recorder } from './recorder';
import { channelsOf, type Storage, type Tensor, tensor } from './tensor';
import type { Tiling } from './tile';

interface Features {
  readonly logits: Tensor;
  readonly early: Tensor;
  readonly late: Tensor;
}

/** own: the joints' own fine layers, [joints, channels + 1]. The result has rows that src/model/cascade/unpack.ts reads. */
export function cascadeSteps(contract: Contract, layers: Layers, own: Float32Array, people: number, tiling: Tiling): Recording {
  const { size } = contract.input;
  const recorder = new Recorder(layers, tiling);
  const level = (side: number) => tensor(`pyramid ${side}`, people, side, 4);
  const levels = [level(size), level(size / 2), level(size / 4)] as const;
  recorder.steps.push(pyramid(levels, contract.input));
  const features = coarseStage(recorder, levels);
  const result: Storage = { name: 'result', bytes: 4 * people * rowOf(contract).length };
  recorder.steps.push(decodeCoarse(contract, features.logits, result));
  const fine = fineStage(recorder, contract, features, result);
  const channels = fine.quads * 4;
  const joints = contract.joints.length;
  const rows = () => padded(own, 1, channels + 1, 1, channels + 4);
  if (own.length !== joints * (channels + 1)) throw new RangeError(`${own.length} numbers are not ${joints} joints' own layers`);
  recorder.steps.push(decodeFine(contract, fine, features.logits, rows, result));
  return { steps: recorder.steps, result };
}

/** As src/model/cascade/coarse.ts. */
function coarseStage(recorder: Recorder, levels: readonly [Tensor, Tensor, Tensor]): Features {
  const { layers } = recorder;
  const [whole, half, quarter] = levels;
  const rough = recorder.unit(
    recorder.sequence(recorder.sequence(quarter, 'coarse.bank2.early'), 'coarse.bank2.late'),
    'coarse.bank2.out',
  );
  // What the fine stage looks at again at stride 8: middle features and, beside them, the lateral ones.
  const middleChannels = layers.take('coarse.bank1.early.1').channels;
  const lateralChannels = layers.take('coarse.lateral').channels;
  const late = tensor('late', half.images, half.side / 4, middleChannels + lateralChannels);
  const middleEarly = recorder.sequence(half, 'coarse.bank1.early', channelsOf(late, 0, middleChannels));
  const middle = recorder.unit(recorder.sequence(middleEarly, 'coarse.bank1.late'), 'coarse.bank1.out');
  const early = recorder.sequence(whole, 'coarse.bank0.early');
  const fine = recorder.sequence(early, 'coarse.bank0.late');

  const x = recorder.unit(recorder.add(fine, recorder.add(middle, rough)), 'coarse.feedback(first)');
  const seen = recorder.context(x, 'coarse.context');
  recorder.unit(seen, 'coarse.lateral', { into: channelsOf(late, middleChannels, lateralChannels) });
  const logits = recorder.convolve({
    layers: [layers.take('coarse.head'), layers.take('coarse.maps')],
    input: seen,
    endings: [],
  });
  return { logits, early, late };
}

/** As src/model/cascade/fine.ts, up to the joints' own layers: features [people * joints, fine.cells, fine.cells, channels]. */
function fineStage(recorder: Recorder, contract: Contract, { early, late }: Features, result: Storage): Tensor {
  const { coarse, fine, joints } = contract;
  const { layers } = recorder;
  const crops = (perCell: number) => ({
    cells: coarse.cells,
    side: fine.crop * perCell,
    joints: joints.length,
    peaks: result,
    row: rowOf(contract).length,
    columns: COLUMNS,
  });
  const wide = recorder.convolve({ layers: [layers.take('fine.level1')], input: late, crops: crops(1), endings: [] });
  const near = recorder.convolve({
    layers: [layers.take('fine.level0')],
    input: early,
    crops: crops(EARLY_PER_CELL),
    endings: [],
  });
  return recorder.unit(recorder.unit(recorder.add(near, wide, true), 'fine.mix'), 'fine.expand');
}
