/**
 * The score of a joint: the probability that it lies within a tenth of the torso from its true position, estimated from the maps. It needs
 * two numbers per joint, so it is computed after the read-back: on a GPU it would take a dozen dispatches.
 */
import { logistic } from './logistic';

/** Fitted on people held out of training (training/calibrate.py). */
export interface Confidence {
  /** One per joint. */
  readonly bias: readonly number[];
  readonly mass: number;
  readonly sharp: number;
}

const EPSILON = 1e-4;

/** mass: probability within the window around the coarse peak; sharp: largest cell of the fine map. All 0..1. */
export function jointScore(confidence: Confidence, joint: number, mass: number, sharp: number): number {
  const p = Math.min(1 - EPSILON, Math.max(EPSILON, mass));
  const peak = Math.min(1, Math.max(EPSILON, sharp));
  const weighted = (confidence.bias[joint] ?? 0) + confidence.mass * Math.log(p / (1 - p)) + confidence.sharp * Math.log(peak);
  return logistic(weighted);
}
