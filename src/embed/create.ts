import { Estimator } from '../engine/estimator';
import { startEngineWorker } from './engine-worker';
import { type PoseEstimator, type PoseEstimatorOptions, startPoseEstimator } from './pose-estimator';

/**
 * Starts a worker, loads the weights and compiles the network; resolves when it is ready for its first image. Rejects with an
 * EngineError, whose `code` says why, or with the signal's reason.
 */
export const createPoseEstimator = (options: PoseEstimatorOptions = {}): Promise<PoseEstimator> =>
  startPoseEstimator((signal, engine) => Estimator.create(startEngineWorker, signal, engine), options);
