/**
 * The person head (training/posecade/detector/head.py): what the deepest features say of a crop as a whole, in two logits: that somebody is in the
 * box that it was cut around, and how right the pose is. A convolution, then a dense layer on all its cells (decode.ts, decode.wgsl.ts).
 */
import { type Blocks, unit } from '../blocks';

/** Logits of a crop. */
export const VERDICT = 2;
/** The dense layer: [cells * channels, VERDICT] and [VERDICT]. */
export const WHOLE = { kernel: 'person.whole.kernel', bias: 'person.whole.bias' } as const;

/** What the dense layer reads: [people, side, side, channels]. */
export const personFeatures = <T>(blocks: Blocks<T>, deepest: T): T => unit(blocks, deepest, 'person.near');
