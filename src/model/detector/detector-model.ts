import type { Detection } from '../../pose/detection';
import type { Pixels } from '../pose-model';
import type { DetectorContract } from './contract';

/** What finds everybody's box in one pass over the whole image, until dispose(). */
export interface DetectorModel {
  readonly contract: DetectorContract;
  /** Compiles shaders of its own, if it has any, before the first run has to wait for them. Rejects if one does not compile. */
  compile(onProgress: (done: number, total: number) => void): Promise<void>;
  /**
   * The people in each image of a batch, best first, those of at least `minScore`; boxes in pixels of the input, which may reach past it.
   * pixels stay the caller's. Rejects with the signal's reason when aborted; nothing stays behind in any case.
   */
  run(signal: AbortSignal, pixels: Pixels, minScore: number): Promise<Detection[][]>;
  dispose(): void;
}
