import type { Detector } from '../../model/detector/detector';
import type { Detection } from '../../pose/detection';
import type { EverybodyConfidence } from '../../pose/everybody';
import { wholeFrameRoi } from '../../pose/roi';
import type { Frame, Step } from '../protocol';
import type { Cropping } from './cut';

/** Finds everybody's box in a frame, in one pass over the whole of it. The detector stays the caller's. */
export class Finder {
  private readonly detector: Detector;
  private readonly cropping: Cropping;

  /** cropping: to the detector's input. */
  constructor(detector: Detector, cropping: Cropping) {
    this.detector = detector;
    this.cropping = cropping;
  }

  /** Decides when a detection with its joints is a person. */
  get confidence(): EverybodyConfidence {
    return this.detector.contract.confidence;
  }

  /** Boxes in image pixels, best first. Adds to `spent`. Rejects with the signal's reason, or with what a step threw. */
  async detect(signal: AbortSignal, frame: Frame, spent: Record<Step, number>): Promise<Detection[]> {
    signal.throwIfAborted();
    const start = performance.now();
    const pixels = this.cropping.cut(frame.bitmap, [wholeFrameRoi(frame.bitmap)], false);
    const cut = performance.now();
    const found = await this.detector.detect(signal, pixels, frame);
    spent.crop += cut - start;
    spent.network += performance.now() - cut;
    return found;
  }
}
