/**
 * The coarse stage: an image pyramid of the crop, one bank of convolutions per level, the banks upsampled to one resolution and
 * summed (paper, section 1), then a context path that sees the whole person.
 */
import { type Blocks, contextPath, sequence, unit } from '../blocks';
import { FEEDBACK } from './fold';

/** A normalised crop at three resolutions, finest first: [people, 192, 192, 3], half and a quarter of that. */
export type Pyramid<T> = readonly [whole: T, half: T, quarter: T];

export interface CoarseFeatures<T> {
  /** Logits of the coarse maps [people, 24, 24, 19]. */
  readonly logits: T;
  /** What the fine stage crops from: stride 4 [people, 48, 48, channels] and stride 8 [people, 24, 24, channels]. */
  readonly early: T;
  readonly late: T;
  /** What the person head reads: [people, 6, 6, channels]. */
  readonly deepest: T;
}

function bank<T>(blocks: Blocks<T>, image: T, name: string): { readonly early: T; readonly out: T } {
  const early = sequence(blocks, image, `${name}.early`);
  const late = sequence(blocks, early, `${name}.late`);
  return { early, out: blocks.has(`${name}.out`) ? unit(blocks, late, `${name}.out`) : late };
}

export function coarseStage<T>(blocks: Blocks<T>, [whole, half, quarter]: Pyramid<T>): CoarseFeatures<T> {
  const fine = bank(blocks, whole, 'coarse.bank0');
  const middle = bank(blocks, half, 'coarse.bank1');
  const rough = bank(blocks, quarter, 'coarse.bank2');
  const sum = blocks.upAdd(fine.out, blocks.upAdd(middle.out, rough.out));
  const { features, deepest } = contextPath(blocks, unit(blocks, sum, FEEDBACK), 'coarse.context');
  return {
    logits: blocks.pair(features, 'coarse.head', 'coarse.maps'),
    early: fine.early,
    late: blocks.concat(middle.early, unit(blocks, features, 'coarse.lateral')),
    deepest,
  };
}
