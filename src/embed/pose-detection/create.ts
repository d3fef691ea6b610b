import type { PoseEstimator, PoseEstimatorOptions } from '../pose-estimator';
import { Detector } from './detector';
import { expectMoveNet, type SupportedModels } from './names';
import type { MoveNetModelConfig, PoseDetector } from './types';

export type CreateDetector = (model: SupportedModels, config?: MoveNetModelConfig) => Promise<PoseDetector>;

/**
 * createDetector of @tensorflow-models/pose-detection on top of our estimator. Rejects as createPoseEstimator does, and with an Error for any
 * network other than MoveNet.
 */
export const detectorsOf =
  (createPoseEstimator: (options: PoseEstimatorOptions) => Promise<PoseEstimator>): CreateDetector =>
  async (model, config = {}) => {
    expectMoveNet(model);
    return new Detector(await createPoseEstimator(config), config);
  };
