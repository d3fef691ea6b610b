/**
 * The person head (training/posecade/detector/head.py) judges a crop as a whole from the deepest features, in two logits: whether somebody is in
 * the box that it was cut around, and how good the pose is. A convolution, then a dense layer over all its cells (decode.ts, decode.wgsl.ts).
 */
import { type Blocks, unit } from '../blocks';

/** Logits per crop. */
export const VERDICT = 2;
/** The dense layer: [cells * channels, VERDICT] and [VERDICT]. */
export const WHOLE = { kernel: 'person.whole.kernel', bias: 'person.whole.bias' } as const;

/** What the dense layer reads: [people, side, side, channels]. */
export const personFeatures = <T>(blocks: Blocks<T>, deepest: T): T => unit(blocks, deepest, 'person.near');
