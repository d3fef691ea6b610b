/** The library for your own worker: the engine runs in the calling thread. Exports the same names as the library for pages. */
import { createEstimatorInThread } from './embed/in-thread';
import { type CreateDetector, detectorsOf } from './embed/pose-detection/create';
import { type PoseEstimator, type PoseEstimatorOptions, startPoseEstimator } from './embed/pose-estimator';

export * from './library';

declare global {
  // A worker's types lack what the declarations shared with the page name. In a page's, these add nothing.
  interface HTMLVideoElement {}
  interface HTMLCanvasElement {}
  interface CanvasRenderingContext2D {}
}

/**
 * Loads the weights and compiles the network in this thread; resolves when it is ready for its first image. Rejects with an EngineError,
 * whose `code` says why, or with the signal's reason.
 */
export const createPoseEstimator = (options: PoseEstimatorOptions = {}): Promise<PoseEstimator> =>
  startPoseEstimator(createEstimatorInThread, options);

/** Replaces createDetector of @tensorflow-models/pose-detection: SupportedModels.MoveNet stands for our network. */
export const createDetector: CreateDetector = detectorsOf(createPoseEstimator);
