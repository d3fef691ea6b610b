import { type Blocks, contextPath, residual, sequence } from '../blocks';
import type { Weights } from '../weights';

/** Both heads side by side: the box's logit, then its sides. */
const HEADS = 'centre, sides';

/** Merges the heads, which are 1x1 convolutions of the same features, into one layer. */
export function joinHeads(weights: Weights): void {
  const centre = weights.take('centre.kernel', [1, 1, undefined, 1]);
  const [, , inputs = 0] = centre.shape;
  const sides = weights.take('sides.kernel', [1, 1, inputs, 4]);
  const bias = Float32Array.of(...weights.take('centre.bias', [1]).values, ...weights.take('sides.bias', [4]).values);
  const values = new Float32Array(inputs * 5);
  for (let i = 0; i < inputs; i += 1)
    values.set([...centre.values.subarray(i, i + 1), ...sides.values.subarray(4 * i, 4 * i + 4)], 5 * i);
  weights.replace(['centre', 'sides'], HEADS, { shape: [1, 1, inputs, 5], values }, bias);
}

/**
 * The network (training/posecade/detector/model.py): a normalised image [images, 320, 320, 3] -> [images, cells, cells, 5]: how well each
 * cell's box fits a person, as a logit, and the logarithms of the distances from the cell's centre to the box's left, top, right and bottom
 * side, in strides.
 */
export function detectorLayers<T>(blocks: Blocks<T>, image: T): T {
  const bank = sequence(blocks, sequence(blocks, image, 'bank.early'), 'bank.late');
  const features = residual(blocks, contextPath(blocks, bank, 'neck').features, 'tower');
  return blocks.pair(features, 'head', HEADS);
}
