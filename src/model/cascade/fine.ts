/** The fine stage: works on crops of the shared features around each coarse peak (paper, section 2). */
import { type CropBlocks, unit } from '../blocks';
import type { CoarseFeatures } from './coarse';
import { type Contract, EARLY_PER_CELL } from './contract';

/**
 * The convolutions, which are the same for all joints (siamese): features of each joint's crop [people * joints, fine.cells, fine.cells,
 * channels]. What comes after them is a joint's own: one 1x1 of these features and of what its coarse map says there. A bias would be the
 * same in every cell of a map and so change no softmax: it has none.
 */
export function fineStage<T, P>(
  blocks: CropBlocks<T, P>,
  { coarse, fine }: Contract,
  { early, late }: Pick<CoarseFeatures<T>, 'early' | 'late'>,
  peaks: P,
): T {
  const crop = (per: number) => ({ grid: coarse.cells, per, span: fine.crop });
  const near = blocks.cropConv(early, peaks, 'fine.level0', crop(EARLY_PER_CELL));
  const wide = blocks.cropConv(late, peaks, 'fine.level1', crop(1), { bias: false }); // level0 has one for both
  return unit(blocks, unit(blocks, blocks.upAdd(near, wide, { relu: true }), 'fine.mix'), 'fine.expand');
}
