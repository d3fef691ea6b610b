/** The fine stage: works on crops of the shared features around each coarse peak (paper, section 2). */
import { type CropBlocks, unit } from '../blocks';
import type { CoarseFeatures } from './coarse';
import { type Contract, EARLY_PER_CELL } from './contract';

/**
 * The convolutions, which all joints share (siamese): features of each joint's crop [people * joints, fine.cells, fine.cells,
 * channels]. What follows is specific to each joint: one 1x1 of these features and of its coarse map there. It has no bias, which would be
 * the same in every cell of a map and so not change the softmax.
 */
export function fineStage<T, P>(
  blocks: CropBlocks<T, P>,
  { coarse, fine }: Contract,
  { early, late }: Pick<CoarseFeatures<T>, 'early' | 'late'>,
  peaks: P,
): T {
  const crop = (per: number) => ({ grid: coarse.cells, per, span: fine.crop });
  const near = blocks.cropConv(early, peaks, 'fine.level0', crop(EARLY_PER_CELL));
  const wide = blocks.cropConv(late, peaks, 'fine.level1', crop(1), { bias: false }); // level0 has the bias for both
  return unit(blocks, unit(blocks, blocks.upAdd(near, wide, { relu: true }), 'fine.mix'), 'fine.expand');
}
