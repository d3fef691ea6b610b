/** The detector as steps of a program: what src/model/detector runs on TensorFlow.js. */
import type { DetectorContract } from '../detector/contract';
import { HEADS } from './layers-of';
import { pyramid } from './pyramid';
import type { Recording } from './recorded';
import { type Layers, Recorder } from './recorder';
import { tensor } from './tensor';
import type { Tiling } from './tile';

/** The result has the maps of each image: [cells, cells, 8], the five channels first. */
export function detectorSteps({ input }: DetectorContract, layers: Layers, images: number, tiling: Tiling): Recording {
  const recorder = new Recorder(layers, tiling);
  const image = tensor('image', images, input.size, 4);
  recorder.steps.push(pyramid([image], input));
  const bank = recorder.sequence(recorder.sequence(image, 'bank.early'), 'bank.late');
  const maps = recorder.convolve({
    layers: [layers.take('head'), layers.take(HEADS)],
    input: recorder.context(bank, 'neck'),
    endings: [],
  });
  return { steps: recorder.steps, result: maps.storage };
}
