/** The library for a worker of your own: the engine runs in the thread that calls it. Has the same names as the library for pages. */
import { createEstimatorInThread } from './embed/in-thread';
import { type CreateDetector, detectorsOf } from './embed/pose-detection/create';
import { type PoseEstimator, type PoseEstimatorOptions, startPoseEstimator } from './embed/pose-estimator';

export * from './library';

/**
 * Loads the weights and compiles the network in this thread; resolves when it is ready for its first image. Rejects with an EngineError,
 * whose `code` says why, or the signal's reason.
 */
export const createPoseEstimator = (options: PoseEstimatorOptions = {}): Promise<PoseEstimator> =>
  startPoseEstimator(createEstimatorInThread, options);

/** In the place of @tensorflow-models/pose-detection's: SupportedModels.MoveNet stands for our network. */
export const createDetector: CreateDetector = detectorsOf(createPoseEstimator);
